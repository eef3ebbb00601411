/** The app's entry: styles, the connection to the engine, and the frame. */
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { followAddress } from './app/route-sync.ts';
import { applyTheme } from './app/theme.ts';
import { connect } from './engine/session.ts';

applyTheme();
connect();
followAddress();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
