/** The messages within a body of gRPC. */
import { useMemo } from 'react';
import { formatBytes } from '../../ui/format.ts';
import { grpcFrames, protoFields } from './grpc.ts';
import type { GrpcFrame, ProtoField } from './grpc.ts';
import { hexDump } from './hex.ts';
import styles from './Messages.module.css';

export function GrpcFrames({ bytes }: { bytes: Uint8Array }) {
  const frames = useMemo(() => grpcFrames(bytes), [bytes]);
  return (
    <ol className={styles.frames} data-testid="grpc-frames">
      {frames.map((frame, i) => (
        <li key={i}>
          <p className={styles.faint}>{titleOf(frame, i)}</p>
          <Content frame={frame} />
        </li>
      ))}
      {frames.length === 0 && <li className={styles.faint}>No message has come whole.</li>}
    </ol>
  );
}

function titleOf({ length, message, isCompressed, isTrailers }: GrpcFrame, at: number): string {
  return [
    isTrailers ? 'Trailers' : `Message ${at + 1}`,
    formatBytes(length),
    isCompressed ? 'compressed' : '',
    message.length < length ? `cut after ${formatBytes(message.length)}` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function Content({ frame }: { frame: GrpcFrame }) {
  const { message, isCompressed, isTrailers, length } = frame;
  if (isTrailers) return <pre className={styles.code}>{new TextDecoder().decode(message)}</pre>;
  const isWhole = !isCompressed && message.length === length;
  const fields = isWhole ? protoFields(message) : undefined;
  if (fields) return <Fields fields={fields} />;
  return <pre className={styles.code}>{hexDump(message)}</pre>;
}

/** By their numbers: their names are in the .proto, which is not here. */
function Fields({ fields }: { fields: readonly ProtoField[] }) {
  if (fields.length === 0) return <p className={styles.faint}>no fields</p>;
  return (
    <ul className={styles.tree}>
      {fields.map(({ number, wire, value, fields: inner }, i) => (
        <li key={i} className={styles.leaf}>
          <span className={styles.key}>{`${number}: `}</span>
          <span data-kind={wire === 'length' ? 'string' : 'number'} title={wire}>
            {value}
          </span>
          {inner.length > 0 && <Fields fields={inner} />}
        </li>
      ))}
    </ul>
  );
}
