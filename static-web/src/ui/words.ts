export const words = {
  product: 'SecureZoom',
  titleOf: (page: string) => `${page} · SecureZoom`,
  loading: 'Loading',
  sandbox: 'Sandbox: nothing here reaches Zoom or a real person.',
  crashedTitle: 'Something went wrong',
  crashed: 'This page stopped unexpectedly. Your meetings and the audit trail are not affected.',
  reload: 'Reload the page',
  notLoadedTitle: 'This page has not been loaded yet',
  notLoaded:
    'Its scripts did not come: you seem to be offline, or the site is down for a moment. It loads by itself as soon as it can.',
  retry: 'Try again',
  unexpectedTitle: 'That did not work',
} as const;
