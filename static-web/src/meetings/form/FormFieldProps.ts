import type { FormErrors, MeetingForm } from './meetingForm';

/** What a part of the form works with. */
export interface FormFieldProps {
  readonly form: MeetingForm;
  readonly errors: FormErrors;
  readonly onChange: (change: Partial<MeetingForm>) => void;
}

/** What Fluent's Field takes of an error. */
export const fault = (error?: string) => (error === undefined ? {} : { validationMessage: error });
