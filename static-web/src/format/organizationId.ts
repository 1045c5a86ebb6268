/** Whether a text can be the id of an organisation. */
export const isOrganizationId = (text: string) => /^[\w-]{1,64}$/.test(text);
