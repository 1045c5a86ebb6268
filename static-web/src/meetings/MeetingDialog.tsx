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
import { text } from '../text';
import { ErrorMessage } from '../ui/ErrorMessage';
import {
  changeOf,
  check,
  durations,
  emptyForm,
  formOf,
  inputOf,
  type FormFaults,
  type MeetingForm,
  type Recording,
} from './meetingForm';
import { formatDuration } from './time';
import { TimeZoneField } from './TimeZoneField';

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

const words = text.meetingForm;

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
  const [form, setForm] = useState<MeetingForm>(() => (meeting ? formOf(meeting, now) : emptyForm(now)));
  const [faults, setFaults] = useState<FormFaults>({});
  const set = (change: Partial<MeetingForm>) => setForm((before) => ({ ...before, ...change }));

  const save = useMutation({
    mutationFn: () =>
      meeting ? api.updateMeeting(meeting.id, changeOf(form)) : api.createMeeting(inputOf(form)),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ['meetings'] });
      onDone(saved);
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = check(form, meeting ? undefined : now);
    setFaults(found);
    if (Object.keys(found).length === 0 && !save.isPending) save.mutate();
  };
  const message = (fault?: string) => (fault ? { validationMessage: fault } : {});

  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface}>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle>{meeting ? words.editTitle : words.createTitle}</DialogTitle>
            <DialogContent className={styles.fields}>
              {save.error && <ErrorMessage error={save.error} />}
              <Field label={words.topic} required {...message(faults.topic)}>
                <Input
                  value={form.topic}
                  maxLength={200}
                  onChange={(_event, { value }) => set({ topic: value })}
                />
              </Field>
              {!meeting && (
                <Field label={words.type}>
                  <RadioGroup
                    layout="horizontal"
                    value={form.instant ? 'instant' : 'scheduled'}
                    onChange={(_event, { value }) => set({ instant: value === 'instant' })}
                  >
                    <Radio value="scheduled" label={words.scheduled} />
                    <Radio value="instant" label={words.instant} />
                  </RadioGroup>
                </Field>
              )}
              {!form.instant && (
                <>
                  <div className={styles.pair}>
                    <Field label={words.start} required {...message(faults.start)}>
                      <Input
                        type="datetime-local"
                        value={form.start}
                        onChange={(_event, { value }) => set({ start: value })}
                      />
                    </Field>
                    <Field label={words.duration}>
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
                    fault={faults.timeZone}
                    onChange={(timeZone) => set({ timeZone })}
                  />
                </>
              )}
              <Field label={words.agenda} hint={words.optional} {...message(faults.agenda)}>
                <Textarea
                  value={form.agenda}
                  resize="vertical"
                  onChange={(_event, { value }) => set({ agenda: value })}
                />
              </Field>
              <div className={styles.pair}>
                <Field label={words.recording}>
                  <Select
                    value={form.recording}
                    onChange={(_event, { value }) => set({ recording: value as Recording })}
                  >
                    {Object.entries(words.recordings).map(([value, label]) => (
                      <option key={value} value={value}>
                        {label}
                      </option>
                    ))}
                  </Select>
                </Field>
                <Field hint={form.waitingRoom ? words.waitingRoomHint : words.waitingRoomOff}>
                  <Switch
                    label={words.waitingRoom}
                    checked={form.waitingRoom}
                    onChange={(_event, { checked }) => set({ waitingRoom: checked })}
                  />
                </Field>
              </div>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{words.cancel}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={save.isPending}>
                {save.isPending ? words.working : meeting ? words.save : words.create}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
