/** Where this site has one of the SDK's own files or folders. */
export function zoomAddress(path: string): string {
  return `${window.location.origin}/zoom/${ZOOM_SDK_VERSION}/${path}`;
}

/** What the SDK asks for between its start and its request to join: the biggest first, since they take longest. */
const files = [
  'lib/av/video.simd.wasm',
  'lib/av/audio.simd.wasm',
  'ui/zoom-meetingsdk.css',
  'lib/av/js_media.min.js',
  'lib/av/tp.min.js',
  'lib/webim.min.js',
];

let isFetched = false;

/**
 * Brings the SDK's files into the browser's cache, where it finds them when somebody joins. A file that does not come now is fetched then.
 * Settles when its scripts are here, or do not come.
 */
export async function prefetchZoom(): Promise<void> {
  if (isFetched) return;
  isFetched = true;
  for (const file of files)
    void fetch(zoomAddress(file), { priority: 'low' }).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    );
  const script = document.querySelector<HTMLMetaElement>('meta[name="zoom-sdk"]')?.content;
  if (!script) return;
  const link = document.createElement('link');
  link.rel = 'modulepreload';
  link.href = script;
  await new Promise((settled) => {
    link.onload = settled;
    link.onerror = settled;
    document.head.append(link);
  });
}
