import { ApiError } from '../api/ApiError';
import { ExportReader } from '../audit/ExportReader';
import type { Answer, Order } from './protocol';
import { readSeries } from './series';
import { genesis, TrailVerifier } from './TrailVerifier';

/** What the worker runs: answers every order. */
export function createVerification(): (order: Order) => Promise<Answer> {
  let begun: Awaited<ReturnType<typeof begin>> | undefined;

  return async (order) => {
    if (order.kind === 'begin') {
      begun = await begin(order);
      return { kind: 'taken', records: 0 };
    }
    if (!begun) throw new Error('nothing begun');
    const { verifier, reader, latest } = begun;
    if (order.kind === 'chunk') {
      reader.add(order.bytes);
      return { kind: 'taken', records: verifier.records };
    }
    try {
      const told = reader.end();
      if (told !== verifier.records) verifier.report({ kind: 'missing', records: verifier.records, told });
      return { kind: 'done', verdict: verifier.finish(), ...(latest ? { latest } : {}) };
    } catch (error) {
      if (error instanceof ApiError) return { kind: 'incomplete' };
      throw error;
    }
  };
}

async function begin({ checkpoints, trusted, seen, organization }: Extract<Order, { kind: 'begin' }>) {
  const series = await readSeries(checkpoints, trusted, seen);
  // The whole trail is asked for, so it begins at the beginning, whatever the trailer says.
  const verifier = new TrailVerifier(series, genesis, organization);
  const last = series.checkpoints.at(-1);
  return {
    verifier,
    reader: new ExportReader((line) => verifier.add(line)),
    latest: last && { digest: last.digest, signedAt: last.statement.signedAt },
  };
}
