export const words = {
  title: 'Meetings you can account for',
  pageTitle: 'Sign in',
  lead: 'Zoom meetings behind your company’s own sign-in. Who may join, who may host and who may read the trail is decided by your company, in every single call.',
  invited: 'I have an invitation',
  reasonsTitle: 'What happens here',
  reasons: [
    {
      title: 'Why you sign in',
      body: 'Your company’s sign-in says who you are and which organisation you belong to. We keep no password of yours, and closing this page forgets the sign-in it holds.',
    },
    {
      title: 'Who may join',
      body: 'People of the organisation that owns a meeting, and those it invites by name. A meeting number that leaks opens nothing by itself.',
    },
    {
      title: 'What is recorded',
      body: 'Every meeting created, joined, ended or refused is one sentence in an audit trail that your auditors can check without trusting us.',
    },
  ],
} as const;
