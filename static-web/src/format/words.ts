export const words = {
  meeting: (number: string) => `Meeting ${number}`,
  organizationId: 'Organisation id',
  organizationIdInvalid: 'Letters, digits, “_” and “-” only, as in org_globex.',
} as const;
