import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Meeting, Occurrence } from '../../api/types';
import { useApi } from '../../api/useApi';
import { ErrorMessage } from '../../api/ErrorMessage';
import { CloseButton } from '../CloseButton';
import { KindField } from './KindField';
import {
  emptyForm,
  hasTimes,
  movesStart,
  toChange,
  toDuplicate,
  toForm,
  toInput,
  toOccurrenceChange,
  toOccurrenceForm,
  validate,
  type FormErrors,
  type MeetingForm,
} from './meetingForm';
import { OptionFields } from './OptionFields';
import { RecurrenceFields } from './RecurrenceFields';
import { AgendaField, TopicField } from './TextFields';
import { TimeFields } from './TimeFields';
import { useDiscard } from '../useDiscard';
import { words as listWords } from '../words';
import { words } from './words';

const useStyles = makeStyles({
  surface: { '@media (max-width: 640px)': { padding: tokens.spacingHorizontalL } },
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

/** What the form is for. */
export type Task =
  | { readonly dialog: 'create' }
  | { readonly dialog: 'duplicate' | 'edit'; readonly meeting: Meeting }
  | { readonly dialog: 'occurrence'; readonly meeting: Meeting; readonly occurrence: Occurrence };

/** Creates a meeting, or edits one, or one time of a series. */
export default function MeetingDialog(props: {
  readonly task: Task;
  readonly onClose: () => void;
  readonly onDone: (meeting: Meeting) => void;
}) {
  const styles = useStyles();
  const api = useApi();
  const { task, onClose, onDone } = props;
  const [now] = useState(() => new Date());
  const [begun] = useState<MeetingForm>(() => begin(task, now));
  const [form, setForm] = useState(begun);
  const [errors, setErrors] = useState<FormErrors>({});
  const set = (change: Partial<MeetingForm>) => setForm((before) => ({ ...before, ...change }));
  const isNew = task.dialog === 'create' || task.dialog === 'duplicate';
  const change = task.dialog === 'occurrence' ? toOccurrenceChange(form, begun) : toChange(form, begun);

  const save = useMutation({
    mutationFn: () => {
      if (task.dialog === 'create' || task.dialog === 'duplicate') return api.createMeeting(toInput(form));
      const occurrence = task.dialog === 'occurrence' ? task.occurrence.occurrence_id : undefined;
      return api.updateMeeting(task.meeting.id, change ?? {}, occurrence);
    },
    onSuccess: onDone,
  });
  const discard = useDiscard(JSON.stringify(form) !== JSON.stringify(begun), onClose);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = validate(form, isNew || movesStart(form, begun) ? now : undefined);
    setErrors(found);
    if (Object.keys(found).length > 0 || save.isPending) return;
    if (isNew || change) save.mutate();
    else onClose();
  };

  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && discard.close()}>
      <DialogSurface className={styles.surface}>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle action={<CloseButton onClose={discard.close} />}>{titles[task.dialog]}</DialogTitle>
            <DialogContent className={styles.fields}>
              {save.error && <ErrorMessage error={save.error} />}
              {task.dialog === 'occurrence' && <Text>{words.occurrenceHint}</Text>}
              {task.dialog !== 'occurrence' && <TopicField form={form} errors={errors} onChange={set} />}
              {isNew && <KindField form={form} onChange={set} />}
              {hasTimes(form) && <TimeFields form={form} errors={errors} onChange={set} />}
              {(form.kind === 'series' || form.kind === 'anytime') && (
                <RecurrenceFields form={form} errors={errors} isNew={isNew} onChange={set} />
              )}
              <AgendaField form={form} errors={errors} onChange={set} />
              <OptionFields form={form} onChange={set} />
            </DialogContent>
            {discard.question ?? (
              <DialogActions>
                <Button onClick={discard.close}>{listWords.cancel}</Button>
                <Button type="submit" appearance="primary" disabledFocusable={save.isPending}>
                  {save.isPending ? listWords.working : actionOf(isNew, form)}
                </Button>
              </DialogActions>
            )}
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

const titles: Readonly<Record<Task['dialog'], string>> = {
  create: words.createTitle,
  duplicate: words.duplicateTitle,
  edit: words.editTitle,
  occurrence: words.occurrenceTitle,
};

function begin(task: Task, now: Date): MeetingForm {
  switch (task.dialog) {
    case 'create':
      return emptyForm(now);
    case 'duplicate':
      return toDuplicate(task.meeting, now);
    case 'edit':
      return toForm(task.meeting, now);
    case 'occurrence':
      return toOccurrenceForm(task.meeting, task.occurrence, now);
  }
}

function actionOf(isNew: boolean, { kind }: MeetingForm): string {
  if (!isNew) return words.save;
  return kind === 'now' ? words.createNow : words.create;
}
