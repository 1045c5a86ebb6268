/** The API's shapes, laid out as openapi-typescript writes them, so that its output can take this file's place. */
export interface components {
  schemas: {
    Problem: {
      type?: string;
      title?: string;
      status?: number;
      code?: string;
      detail?: string;
      traceId?: string;
      retryAfterSeconds?: number;
    };
    Me: {
      subject: string;
      name?: string | null;
      email?: string | null;
      emailVerified?: boolean;
      organization?: { id: string; name?: string | null } | null;
      department?: string | null;
      groups: string[];
      permissions: string[];
    };
    MeetingSettings: {
      auto_recording?: 'none' | 'local' | 'cloud';
      waiting_room?: boolean;
      join_before_host?: boolean;
      jbh_time?: number;
      meeting_authentication?: boolean;
      mute_upon_entry?: boolean;
      host_video?: boolean;
      participant_video?: boolean;
      alternative_hosts?: string;
      watermark?: boolean;
      allow_multiple_devices?: boolean;
    };
    Meeting: {
      id: number;
      uuid?: string;
      topic: string;
      agenda?: string | null;
      /** 1 instant, 2 scheduled. */
      type: number;
      status?: string | null;
      start_time?: string | null;
      /** Minutes. */
      duration?: number | null;
      timezone?: string | null;
      created_at?: string | null;
      host_email?: string | null;
      settings?: components['schemas']['MeetingSettings'];
      permissions?: { host: boolean; manage: boolean };
      password?: string | null;
      join_url?: string | null;
    };
    MeetingInput: {
      topic: string;
      type?: 1 | 2;
      start_time?: string;
      duration?: number;
      timezone?: string;
      agenda?: string;
      settings?: components['schemas']['MeetingSettings'];
    };
    MeetingPage: { meetings: components['schemas']['Meeting'][]; cursor?: string | null };
    InvitationInput: { organization?: string; email?: string; expiresInSeconds?: number };
    Invitation: { grant: string; joinUrl: string; expiresAt: string };
    SignatureInput: { meetingNumber: string; role?: 0 | 1; grant?: string };
    Signature: {
      signature: string;
      sdkKey: string;
      meetingNumber: string;
      role: 0 | 1;
      expiresAt: string;
      zak?: string | null;
    };
    AuditRecord: {
      sequence: number;
      id: string;
      occurredAt: string;
      recordedAt: string;
      organization: string;
      actor: {
        issuer?: string | null;
        subject?: string | null;
        name?: string | null;
        email?: string | null;
        department?: string | null;
        organizationName?: string | null;
        type?: string | null;
      };
      action: string;
      target?: { type: string; id: string } | null;
      meeting?: number | string | null;
      outcome: 'success' | 'denied' | 'failure' | 'intent';
      reason?: string | null;
      source: 'app' | 'zoom' | 'okta' | 'auth0';
      accountId?: string | null;
      payloadHash?: string | null;
      client?: { ip?: string | null; userAgent?: string | null; requestId?: string | null } | null;
      details?: Record<string, unknown> | null;
      sentence: string;
    };
    AuditPage: { records: components['schemas']['AuditRecord'][]; cursor?: string | null };
  };
}

type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
export type Me = Schemas['Me'];
export type Meeting = Schemas['Meeting'];
export type MeetingInput = Schemas['MeetingInput'];
export type MeetingPage = Schemas['MeetingPage'];
export type InvitationInput = Schemas['InvitationInput'];
export type Invitation = Schemas['Invitation'];
export type SignatureInput = Schemas['SignatureInput'];
export type Signature = Schemas['Signature'];
export type AuditRecord = Schemas['AuditRecord'];
export type AuditPage = Schemas['AuditPage'];
