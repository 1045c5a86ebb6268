import type { components } from './schema';

type Schemas = components['schemas'];
/** Errors of the host in front of the API are no problem documents, so nothing of one is sure to be there. */
export type Problem = Partial<Schemas['Problem']>;
export type Me = Schemas['Me'];
export type Meeting = Schemas['Meeting'];
export type MeetingInput = Schemas['CreateMeeting'];
export type MeetingChange = Schemas['UpdateMeeting'];
export type MeetingPage = Schemas['MeetingList'];
export type InvitationInput = Schemas['InvitationRequest'];
export type Invitation = Schemas['Invitation'];
export type SignatureInput = Schemas['SignatureRequest'];
export type Signature = Schemas['Signature'];
export type AuditRecord = Schemas['AuditRecord'];
export type AuditPage = Schemas['AuditPage'];
export type CheckpointList = Schemas['CheckpointList'];
export type ExportTrailer = Schemas['ExportTrailer'];
export type ServerVerdict = Schemas['Verification'];
export type KeySet = Schemas['KeySet'];
