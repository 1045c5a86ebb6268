export const words = {
  title: 'This site is not set up yet',
  lead: 'Its settings (/config.json) are missing or wrong. The person who runs this site can mend that:',
} as const;
