/** A picture for each thing that can act on requests or instances. */
import {
  ArrowDownUp,
  Ban,
  Binary,
  CircleSlash,
  CircleOff,
  ClockAlert,
  ClockFading,
  Copy,
  CornerUpLeft,
  EyeOff,
  FileWarning,
  FileX,
  FlaskConical,
  Forward,
  Gauge,
  HardDrive,
  Hourglass,
  IdCard,
  MapPinX,
  MemoryStick,
  OctagonX,
  Pause,
  Plug,
  PlugZap,
  Repeat,
  RotateCcw,
  Scissors,
  ServerOff,
  ShieldAlert,
  ShieldX,
  Shuffle,
  Skull,
  Split,
  Tags,
  Timer,
  TriangleAlert,
  Unplug,
  UserX,
  VolumeX,
  Waves,
  Waypoints,
  Zap,
  ZapOff,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Mark } from '../model/marks.ts';
import styles from './MarkIcon.module.css';

const ICONS: Record<Mark['icon'], LucideIcon> = {
  fault: FlaskConical,
  retry: Repeat,
  'retry-limit': OctagonX,
  'retry-abandoned': CircleOff,
  hedge: Forward,
  timeout: ClockAlert,
  'connect-failure': Unplug,
  reset: ZapOff,
  'caller-gone': UserX,
  'no-route': MapPinX,
  'no-endpoint': ServerOff,
  'bad-request': FileWarning,
  'bad-answer': FileX,
  'wrong-identity': ShieldAlert,
  'rate-limit': Gauge,
  denied: ShieldX,
  'denied-dry-run': ShieldAlert,
  'open-circuit': CircleSlash,
  ejected: EyeOff,
  panic: TriangleAlert,
  failover: Waypoints,
  mirror: Copy,
  'direct-response': CornerUpLeft,
  'grpc-failure': TriangleAlert,
  'idle-timeout': Hourglass,
  avoided: EyeOff,
  delay: Timer,
  abort: Zap,
  identity: IdCard,
  partition: Split,
  nameNotFound: MapPinX,
  connectionRefused: Unplug,
  down: ServerOff,
  silence: VolumeX,
  responseHeaders: Tags,
  corrupt: Binary,
  truncate: Scissors,
  limitData: Ban,
  bandwidth: ArrowDownUp,
  slicer: Shuffle,
  slowClose: Plug,
  resetPeer: PlugZap,
  kill: Skull,
  pause: Pause,
  restart: RotateCcw,
  throttle: Gauge,
  memoryPressure: MemoryStick,
  clockSkew: ClockFading,
  netem: Waves,
  diskFull: HardDrive,
};

/** More would cover what they speak of. */
const MOST = 4;

/** The marks of an edge or a node, the gravest first. */
export function Marks({ marks }: { marks: readonly Mark[] }) {
  const shown = marks.length > MOST ? marks.slice(0, MOST - 1) : marks;
  const rest = marks.slice(shown.length);
  return (
    <span className={styles.marks}>
      {shown.map(({ icon, tone, label }) => {
        const Icon = ICONS[icon];
        return (
          <span key={`${icon} ${label}`} className={styles.mark} data-tone={tone} title={label}>
            <Icon size={12} role="img" aria-label={label} />
          </span>
        );
      })}
      {rest.length > 0 && (
        <span className={styles.more} title={rest.map(({ label }) => label).join('\n')}>
          +{rest.length}
        </span>
      )}
    </span>
  );
}
