import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { formatDateTime, formatTime, ownTimeZone } from '../../format/time';
import { toWallTime } from '../../format/wallTime';
import { DateField } from './DateField';
import { DurationField } from './DurationField';
import { fault, type FormFieldProps } from './FormFieldProps';
import { isOfSeries } from './recurrenceForm';
import { startOf, startsOf, type MeetingForm } from './meetingForm';
import { TimeOfDayField } from './TimeOfDayField';
import { TimeZoneField } from './TimeZoneField';
import { useFormStyles } from './useFormStyles';
import { words } from './words';

/** When a meeting starts, by which clock, and how long it is. */
export function TimeFields({ form, errors, onChange }: FormFieldProps) {
  const styles = useFormStyles();
  const starts = startsOf(form);
  const start = startOf(form);
  return (
    <>
      <div className={styles.pair}>
        <DateField
          label={form.kind === 'series' ? words.firstDate : words.date}
          value={form.date}
          hint={
            form.kind === 'series' && !isOfSeries(form.recurrence, form.date) ? words.notOfSeries : undefined
          }
          error={errors.date}
          onChange={(date) => onChange({ date })}
        />
        <TimeOfDayField value={form.time} error={errors.time} onChange={(time) => onChange({ time })} />
      </div>
      {starts.length > 1 && (
        <Field label={words.pass} required {...fault(errors.pass)}>
          <RadioGroup
            value={form.pass === undefined ? '' : String(form.pass)}
            onChange={(_event, { value }) => onChange({ pass: value === '1' ? 1 : 0 })}
          >
            {starts.map((instant, which) => (
              <Radio
                key={which}
                value={String(which)}
                label={words.passes(which, formatDateTime(instant, form.timeZone))}
              />
            ))}
          </RadioGroup>
        </Field>
      )}
      <div className={styles.pair}>
        <TimeZoneField
          value={form.timeZone}
          at={starts[0]}
          elsewhere={start && tellElsewhere(form, start)}
          onChange={(timeZone) => onChange({ timeZone })}
        />
        <DurationField
          value={form.duration}
          error={errors.duration}
          onChange={(duration) => onChange({ duration })}
        />
      </div>
    </>
  );
}

/** “That is 08:30 for you.”; nothing where the reader's clock shows the same. */
function tellElsewhere(form: MeetingForm, start: Date): string | undefined {
  const [date, time] = toWallTime(start, ownTimeZone).split('T');
  if (date === form.date && time === form.time) return undefined;
  return words.elsewhere(date === form.date ? formatTime(start) : formatDateTime(start, ownTimeZone));
}
