import { ApiError } from './ApiError';

/** A body's bytes as they come; throws ApiError when it breaks off, and AbortError when the caller ends it. */
export async function* chunksOf(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  const reader = response.body?.getReader();
  for (;;) {
    let chunk: Uint8Array<ArrayBuffer> | undefined;
    try {
      chunk = (await reader?.read())?.value;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw ApiError.incomplete();
    }
    if (!chunk) return;
    yield chunk;
  }
}
