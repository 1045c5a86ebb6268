import type { Inspection } from './inspect';
import { hashSize } from './log/merkle';

/** Inspections on their way from one thread to another: to clone each leaf for itself takes longer than to hash it. */
export interface PackedInspections {
  readonly leaves: Uint8Array<ArrayBuffer>;
  readonly rest: readonly (Omit<Inspection, 'leaf'> | undefined)[];
}

export function packInspections(inspections: readonly (Inspection | undefined)[]): PackedInspections {
  const leaves = new Uint8Array(inspections.length * hashSize);
  inspections.forEach((one, index) => one && leaves.set(one.leaf, index * hashSize));
  return {
    leaves,
    rest: inspections.map((one) => {
      if (!one) return undefined;
      const { isWhole, place, withheld, authority, cut } = one;
      return {
        isWhole,
        place,
        ...(withheld && { withheld }),
        ...(authority && { authority }),
        ...(cut !== undefined && { cut }),
      };
    }),
  };
}

export function unpackInspections({ leaves, rest }: PackedInspections): (Inspection | undefined)[] {
  return rest.map(
    (one, index) => one && { ...one, leaf: leaves.subarray(index * hashSize, (index + 1) * hashSize) },
  );
}
