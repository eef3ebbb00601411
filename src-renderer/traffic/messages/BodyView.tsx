/** A body, in whichever way suits it; the others are a click away. */
import { useMemo, useState } from 'react';
import type { CapturedMessage } from '../../../src-main/api/contract/index.ts';
import { formatBytes } from '../../ui/format.ts';
import {
  base64Of,
  bytesOf,
  byteText,
  headerOf,
  lackText,
  mediaType,
  textOf,
  viewsOf,
} from './body.ts';
import type { BodyView as View } from './body.ts';
import { formFields } from './form.ts';
import { GrpcFrames } from './GrpcFrames.tsx';
import { hexDump } from './hex.ts';
import { printJson, readJson } from './json.ts';
import { JsonTree } from './JsonTree.tsx';
import styles from './Messages.module.css';

const NAMES: Readonly<Record<View, string>> = {
  tree: 'Tree',
  pretty: 'JSON',
  form: 'Form',
  grpc: 'gRPC',
  image: 'Image',
  text: 'Text',
  hex: 'Hex',
};

export function BodyView({ message, label }: { message: CapturedMessage; label: string }) {
  const { headers, body, bodyBytes, decoded } = message;
  const contentType = headerOf(headers, 'content-type');
  const bytes = useMemo(() => bytesOf(body), [body]);
  const views = useMemo(() => viewsOf(bytes, contentType), [bytes, contentType]);
  const [chosen, setChosen] = useState<View>();
  const [first] = views;
  const view = chosen !== undefined && views.includes(chosen) ? chosen : first;
  const lack = lackText(message);
  const facts = [
    bodyBytes === 0 ? 'none' : formatBytes(bodyBytes),
    mediaType(contentType),
    decoded === '' ? '' : `${decoded} undone`,
  ];
  return (
    <section className={styles.body} aria-label={`Body of the ${label}`}>
      <header className={styles.part}>
        <h4>Body</h4>
        <span className={`${styles.faint} num`}>{facts.filter(Boolean).join(' · ')}</span>
        {views.length > 1 && (
          <span
            className={styles.views}
            role="group"
            aria-label={`How the ${label}'s body is shown`}
          >
            {views.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={one === view}
                onClick={() => setChosen(one)}
              >
                {NAMES[one]}
              </button>
            ))}
          </span>
        )}
      </header>
      {lack !== undefined && (
        <p className={styles.lack} data-testid="body-lacks">
          {lack}
        </p>
      )}
      {view !== undefined && <Content view={view} bytes={bytes} contentType={contentType} />}
    </section>
  );
}

interface ContentProps {
  readonly view: View;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

function Content({ view, bytes, contentType }: ContentProps) {
  const text = (): string => textOf(bytes, contentType);
  switch (view) {
    case 'tree':
      return <JsonTree text={text()} />;
    case 'pretty':
      return <Code text={printJson(readJson(text()))} />;
    case 'form':
      return <Form bytes={bytes} contentType={contentType} />;
    case 'grpc':
      return <GrpcFrames bytes={bytes} />;
    case 'image':
      return <Image bytes={bytes} contentType={contentType} />;
    case 'text':
      return <Code text={text()} />;
    case 'hex':
      return <Code text={hexDump(bytes)} />;
  }
}

function Code({ text }: { text: string }) {
  return (
    <pre className={styles.code} data-testid="body-text">
      {text}
    </pre>
  );
}

function Form({ bytes, contentType }: Omit<ContentProps, 'view'>) {
  const fields = useMemo(() => {
    const isMultipart = mediaType(contentType).startsWith('multipart/');
    return formFields(isMultipart ? byteText(bytes) : textOf(bytes, contentType), contentType);
  }, [bytes, contentType]);
  return (
    <dl className={styles.pairs} data-testid="form-fields">
      {fields.map(({ name, value, detail }, i) => (
        <div key={i}>
          <dt>{name}</dt>
          <dd>
            {value}
            {detail !== '' && <span className={styles.faint}>{` ${detail}`}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Drawings cannot run scripts as pictures. */
function Image({ bytes, contentType }: Omit<ContentProps, 'view'>) {
  const [size, setSize] = useState('');
  const source = useMemo(
    () => `data:${mediaType(contentType)};base64,${base64Of(bytes)}`,
    [bytes, contentType],
  );
  return (
    <figure className={styles.image}>
      <img
        src={source}
        alt="The body, as a picture"
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
          setSize(`${naturalWidth} × ${naturalHeight}`)
        }
        onError={() => setSize('This is no picture that can be shown, or not all of it.')}
      />
      <figcaption className={styles.faint}>{size}</figcaption>
    </figure>
  );
}
