import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/ApiError';

const isTransient = (error: unknown) => error instanceof ApiError && error.isTransient;

/** One more try for what may pass by itself; everything else is shown at once. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      // An answer means that the service is back: whatever else failed for want of one is asked again.
      onSuccess: () =>
        void client.refetchQueries({
          type: 'active',
          predicate: ({ state }) => state.status === 'error' && isTransient(state.error),
        }),
    }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 1 && isTransient(error),
        retryDelay: 800,
        staleTime: 15_000,
        networkMode: 'always',
        refetchOnReconnect: true,
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
