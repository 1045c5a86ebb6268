import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Switch,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Meeting } from '../api/types';
import { useApi } from '../api/useApi';
import { ErrorMessage } from '../api/ErrorMessage';
import { CloseButton } from './CloseButton';
import {
  toChange,
  toDuplicate,
  validate,
  durations,
  emptyForm,
  toForm,
  toInput,
  type FormErrors,
  type MeetingForm,
  type Recording,
} from './meetingForm';
import { formatDateTime, formatDuration } from '../format/time';
import { describeRecurrence } from './recurrence';
import { TimeZoneField } from './TimeZoneField';
import { useDiscard } from './useDiscard';
import { formWords, words } from './words';

const useStyles = makeStyles({
  surface: { '@media (max-width: 640px)': { padding: tokens.spacingHorizontalL } },
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  pair: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    gap: tokens.spacingHorizontalL,
    '@media (max-width: 640px)': { gridTemplateColumns: '1fr' },
    '& > *': { minWidth: 0 },
  },
});

/** Creates a meeting, or edits the given one. */
export function MeetingDialog(props: {
  readonly meeting?: Meeting;
  /** What a new one begins as. */
  readonly like?: Meeting;
  readonly onClose: () => void;
  readonly onDone: (meeting: Meeting) => void;
}) {
  const styles = useStyles();
  const api = useApi();
  const { meeting, like, onClose, onDone } = props;
  const [now] = useState(() => new Date());
  const [begun] = useState<MeetingForm>(() =>
    meeting ? toForm(meeting, now) : like ? toDuplicate(like, now) : emptyForm(now),
  );
  const [form, setForm] = useState(begun);
  const [errors, setErrors] = useState<FormErrors>({});
  const set = (change: Partial<MeetingForm>) => setForm((before) => ({ ...before, ...change }));

  const save = useMutation({
    mutationFn: () =>
      meeting ? api.updateMeeting(meeting.id, toChange(form)) : api.createMeeting(toInput(form)),
    onSuccess: onDone,
  });
  const isChanged = (Object.keys(form) as (keyof MeetingForm)[]).some((name) => form[name] !== begun[name]);
  const discard = useDiscard(isChanged, onClose);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = validate(form, meeting ? undefined : now);
    setErrors(found);
    if (Object.keys(found).length === 0 && !save.isPending) save.mutate();
  };
  const message = (error?: string) => (error ? { validationMessage: error } : {});

  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && discard.close()}>
      <DialogSurface className={styles.surface}>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle action={<CloseButton onClose={discard.close} />}>
              {meeting ? formWords.editTitle : like ? formWords.duplicateTitle : formWords.createTitle}
            </DialogTitle>
            <DialogContent className={styles.fields}>
              {save.error && <ErrorMessage error={save.error} />}
              <Field label={formWords.topic} required {...message(errors.topic)}>
                <Input
                  value={form.topic}
                  maxLength={200}
                  dir="auto"
                  onChange={(_event, { value }) => set({ topic: value })}
                />
              </Field>
              {!meeting && (
                <Field label={formWords.type}>
                  <RadioGroup
                    layout="horizontal"
                    value={form.instant ? 'instant' : 'scheduled'}
                    onChange={(_event, { value }) => set({ instant: value === 'instant' })}
                  >
                    <Radio value="scheduled" label={formWords.scheduled} />
                    <Radio value="instant" label={formWords.instant} />
                  </RadioGroup>
                </Field>
              )}
              {meeting && form.series && (
                <Field label={formWords.series} hint={formWords.seriesKept}>
                  <Text>
                    {[
                      describeRecurrence(meeting),
                      meeting.start_time &&
                        formWords.seriesNext(formatDateTime(meeting.start_time, form.timeZone)),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </Text>
                </Field>
              )}
              {!form.instant && !form.series && (
                <>
                  <div className={styles.pair}>
                    <Field label={formWords.start} required {...message(errors.start)}>
                      <Input
                        type="datetime-local"
                        value={form.start}
                        onChange={(_event, { value }) => set({ start: value })}
                      />
                    </Field>
                    <Field label={formWords.duration}>
                      <Select
                        value={String(form.duration)}
                        onChange={(_event, { value }) => set({ duration: Number(value) })}
                      >
                        {[...new Set([...durations, form.duration])]
                          .sort((a, b) => a - b)
                          .map((minutes) => (
                            <option key={minutes} value={minutes}>
                              {formatDuration(minutes)}
                            </option>
                          ))}
                      </Select>
                    </Field>
                  </div>
                  <TimeZoneField
                    value={form.timeZone}
                    error={errors.timeZone}
                    onChange={(timeZone) => set({ timeZone })}
                  />
                </>
              )}
              <Field label={formWords.agenda} hint={formWords.optional} {...message(errors.agenda)}>
                <Textarea
                  value={form.agenda}
                  textarea={{ dir: 'auto' }}
                  resize="vertical"
                  onChange={(_event, { value }) => set({ agenda: value })}
                />
              </Field>
              <div className={styles.pair}>
                <Field label={formWords.recording}>
                  <Select
                    value={form.recording}
                    onChange={(_event, { value }) => set({ recording: value as Recording })}
                  >
                    {Object.entries(formWords.recordings).map(([value, label]) => (
                      <option key={value} value={value}>
                        {label}
                      </option>
                    ))}
                  </Select>
                </Field>
                <Field hint={form.waitingRoom ? formWords.waitingRoomHint : formWords.waitingRoomOff}>
                  <Switch
                    label={formWords.waitingRoom}
                    checked={form.waitingRoom}
                    onChange={(_event, { checked }) => set({ waitingRoom: checked })}
                  />
                </Field>
              </div>
            </DialogContent>
            {discard.question ?? (
              <DialogActions>
                <Button onClick={discard.close}>{words.cancel}</Button>
                <Button type="submit" appearance="primary" disabledFocusable={save.isPending}>
                  {save.isPending
                    ? words.working
                    : meeting
                      ? formWords.save
                      : form.instant
                        ? formWords.createNow
                        : formWords.create}
                </Button>
              </DialogActions>
            )}
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
