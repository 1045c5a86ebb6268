export const words = {
  title: 'Join a meeting',
  lead: 'Enter the meeting’s number, or paste the link that you were sent.',
  field: 'Meeting number or link',
  fieldHint: '9 to 11 digits, for example 812 3456 7890',
  invalid: 'This is neither a meeting number (9 to 11 digits) nor a link to a meeting.',
  action: 'Join meeting',
  actionSignIn: 'Sign in and join',
  invitedTitle: 'You have an invitation',
  invited:
    'It was made for you or your organisation, and your sign-in proves that it is you. It opens one meeting, as a participant.',
  invitedNumber: 'Meeting number from the invitation',
  who: 'You can join meetings of your own organisation, and meetings that you are invited to.',
} as const;
