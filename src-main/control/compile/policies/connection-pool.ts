/** How connections are kept: a cluster's, not a route's. */
import type { CompileClusterPolicy, CompilePolicy } from './policy.ts';

export const compileConnectionPool: CompilePolicy = () => ({});

export const clusterConnectionPool: CompileClusterPolicy = ({ connectionPool = {} }) => {
  const { connectTimeout, ...rest } = connectionPool;
  return {
    ...(connectTimeout !== undefined && { connectTimeout }),
    ...(Object.keys(rest).length > 0 && { connectionPool: rest }),
  };
};
