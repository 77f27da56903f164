/** A piece of the hot path. */
export interface Piece {
  /** For people. */
  readonly name: string;
  /** Does it once. */
  run(): unknown;
  /** What a run costs that is not the piece, by name of another piece: it is subtracted. */
  readonly over?: string;
}
