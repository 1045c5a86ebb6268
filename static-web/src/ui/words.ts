export const words = {
  product: 'SecureZoom',
  titleOf: (page: string) => `${page} · SecureZoom`,
  loading: 'Loading',
  sandbox: 'Sandbox: nothing here reaches Zoom or a real person.',
  crashedTitle: 'Something went wrong',
  crashed: 'This page stopped unexpectedly. Your meetings and the audit trail are not affected.',
  reload: 'Reload the page',
  unexpectedTitle: 'That did not work',
} as const;
