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
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Meeting } from '../api/types';
import { useApi } from '../api/useApi';
import { ErrorMessage } from '../api/ErrorMessage';
import {
  toChange,
  validate,
  durations,
  emptyForm,
  toForm,
  toInput,
  type FormErrors,
  type MeetingForm,
  type Recording,
} from './meetingForm';
import { formatDuration } from '../format/time';
import { TimeZoneField } from './TimeZoneField';
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
  readonly onClose: () => void;
  readonly onDone: (meeting: Meeting) => void;
}) {
  const styles = useStyles();
  const api = useApi();
  const queryClient = useQueryClient();
  const { meeting, onClose, onDone } = props;
  const [now] = useState(() => new Date());
  const [form, setForm] = useState<MeetingForm>(() => (meeting ? toForm(meeting, now) : emptyForm(now)));
  const [errors, setErrors] = useState<FormErrors>({});
  const set = (change: Partial<MeetingForm>) => setForm((before) => ({ ...before, ...change }));

  const save = useMutation({
    mutationFn: () =>
      meeting ? api.updateMeeting(meeting.id, toChange(form)) : api.createMeeting(toInput(form)),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ['meetings'] });
      onDone(saved);
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = validate(form, meeting ? undefined : now);
    setErrors(found);
    if (Object.keys(found).length === 0 && !save.isPending) save.mutate();
  };
  const message = (error?: string) => (error ? { validationMessage: error } : {});

  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface}>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle>{meeting ? formWords.editTitle : formWords.createTitle}</DialogTitle>
            <DialogContent className={styles.fields}>
              {save.error && <ErrorMessage error={save.error} />}
              <Field label={formWords.topic} required {...message(errors.topic)}>
                <Input
                  value={form.topic}
                  maxLength={200}
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
              {!form.instant && (
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
            <DialogActions>
              <Button onClick={onClose}>{words.cancel}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={save.isPending}>
                {save.isPending ? words.working : meeting ? formWords.save : formWords.create}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
