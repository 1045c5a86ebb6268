import { createVerification } from './createVerification';
import type { Order } from './protocol';

const verify = createVerification();

self.addEventListener('message', ({ data }: MessageEvent<Order>) => {
  verify(data).then(
    (answer) => self.postMessage(answer),
    (error: unknown) => reportError(error),
  );
});
