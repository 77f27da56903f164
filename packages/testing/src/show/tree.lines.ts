/** One line of a drawn tree: the branch in front of the node, and the one in front of what belongs to it. */
export interface TreeLine<Node> {
  readonly node: Node;
  readonly branch: string;
  readonly below: string;
}

/** Draws the branches of a tree, parents before children. */
export function treeLines<Node>(
  roots: readonly Node[],
  children: (node: Node) => readonly Node[],
): TreeLine<Node>[] {
  return roots.flatMap((root) => grow(root, '', ''));

  function grow(node: Node, branch: string, indent: string): TreeLine<Node>[] {
    const under = children(node);
    const below = indent + (under.length > 0 ? '│  ' : '   ');
    const lines = under.flatMap((child, index) => {
      const last = index === under.length - 1;
      return grow(child, `${indent}${last ? '└─ ' : '├─ '}`, `${indent}${last ? '   ' : '│  '}`);
    });
    return [{ node, branch, below }, ...lines];
  }
}
