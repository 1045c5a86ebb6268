import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/ApiError';

/** One more try for what may pass by itself; everything else is shown at once. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 1 && error instanceof ApiError && error.isTransient,
        retryDelay: 800,
        staleTime: 15_000,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
