/** Who is left out for failing: decided in a cluster, not on a route. */
import type { CompileClusterPolicy, CompilePolicy } from './policy.ts';

export const compileOutlierDetection: CompilePolicy = () => ({});

export const clusterOutlierDetection: CompileClusterPolicy = ({ outlierDetection }) =>
  outlierDetection ? { outlierDetection } : {};
