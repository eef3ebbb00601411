/** How a mesh is looked at until somebody says otherwise: by its size. Pure. */

/** A mesh with more services is grouped, with its groups closed, where it has labels to go by. */
export const LARGE = 60;
/** With more, a table is beside the graph: nobody finds a service by looking at all of them. */
export const HUGE = 300;

export interface FirstLook {
  /** Key of the label by which services are grouped; empty: they are not. */
  readonly groupBy: string;
  /** Groups are drawn as one node each. */
  readonly closed: boolean;
  readonly table: boolean;
  /** Nothing is drawn but what is searched for, with its neighbours. */
  readonly focus: boolean;
  /** Why not everything is drawn, where that is so. */
  readonly why: string | undefined;
}

/** `keys`: of labels, those of most services first. */
export function firstLook(services: number, keys: readonly string[]): FirstLook {
  const [key] = keys;
  const isHuge = services > HUGE;
  const isGrouped = services > LARGE && key !== undefined;
  const size = services.toLocaleString('en');
  return {
    groupBy: isGrouped ? key : '',
    closed: isGrouped,
    table: isHuge,
    focus: isHuge && !isGrouped,
    why: !isHuge
      ? undefined
      : isGrouped
        ? `${size} services at once could not be read: they are grouped by ${key}. Open a group, search, or choose from the table.`
        : `${size} services at once could not be read, and they have no labels to be grouped by. Search, or choose from the table: what you look for is drawn with its neighbours.`,
  };
}
