import {
  Checkbox,
  Field,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DateField } from './DateField';
import { fault, type FormFieldProps } from './FormFieldProps';
import { NumberField } from './NumberField';
import { completed, mostBetween, mostTimes, type RecurrenceForm, type Week } from './recurrenceForm';
import { useFormStyles } from './useFormStyles';
import { recurrenceWords } from '../words';
import { words } from './words';

const useStyles = makeStyles({
  days: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS },
});

/** How a series repeats, as Zoom offers it. */
export function RecurrenceFields(props: FormFieldProps & { readonly isNew: boolean }) {
  const styles = useFormStyles();
  const { form, errors, isNew, onChange } = props;
  const isAnytime = form.kind === 'anytime';
  const recurrence = completed(form.recurrence, form.date);
  const set = (change: Partial<RecurrenceForm>) =>
    onChange({ recurrence: { ...form.recurrence, ...change } });
  // A series without times gets none later, nor the other way round.
  const offered = Object.entries(words.repetitions).filter(
    ([value]) => isNew || (value === 'anytime') === isAnytime,
  );

  return (
    <>
      <div className={styles.pair}>
        <Field label={words.repeats} {...(isAnytime ? { hint: words.anytimeHint } : {})}>
          <Select
            value={isAnytime ? 'anytime' : String(recurrence.type)}
            onChange={(_event, { value }) =>
              value === 'anytime'
                ? onChange({ kind: 'anytime' })
                : onChange({
                    kind: 'series',
                    recurrence: { ...form.recurrence, type: Number(value) as RecurrenceForm['type'] },
                  })
            }
          >
            {offered.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        {!isAnytime && (
          <NumberField
            label={words.every}
            value={recurrence.interval}
            most={mostBetween[recurrence.type]}
            after={words.units[recurrence.type]}
            error={errors.interval}
            onChange={(interval) => set({ interval })}
          />
        )}
      </div>
      {!isAnytime && recurrence.type === 2 && (
        <DaysField days={recurrence.days} error={errors.days} onChange={(days) => set({ days })} />
      )}
      {!isAnytime && recurrence.type === 3 && (
        <MonthFields recurrence={recurrence} error={errors.day} onChange={set} />
      )}
      {!isAnytime && (
        <div className={styles.pair}>
          <Field label={words.ends}>
            <RadioGroup
              value={recurrence.ends}
              onChange={(_event, { value }) => set({ ends: value as RecurrenceForm['ends'] })}
            >
              <Radio value="times" label={words.endsBy.times} />
              <Radio value="date" label={words.endsBy.date} />
            </RadioGroup>
          </Field>
          {recurrence.ends === 'times' ? (
            <NumberField
              label={words.times}
              value={recurrence.times}
              most={mostTimes}
              error={errors.times}
              onChange={(times) => set({ times })}
            />
          ) : (
            <DateField
              label={words.until}
              value={recurrence.until}
              error={errors.until}
              onChange={(until) => set({ until })}
            />
          )}
        </div>
      )}
    </>
  );
}

function DaysField(props: {
  readonly days: readonly number[];
  readonly error: string | undefined;
  readonly onChange: (days: readonly number[]) => void;
}) {
  const styles = useStyles();
  const { days, error, onChange } = props;
  return (
    <Field label={words.days} {...fault(error)}>
      <div role="group" className={styles.days}>
        {words.weekDays.map((name, place) => (
          <Checkbox
            key={name}
            label={<Text title={name}>{recurrenceWords.days[place]}</Text>}
            aria-label={name}
            checked={days.includes(place + 1)}
            onChange={(_event, { checked }) =>
              onChange(checked ? [...days, place + 1] : days.filter((day) => day !== place + 1))
            }
          />
        ))}
      </div>
    </Field>
  );
}

function MonthFields(props: {
  readonly recurrence: ReturnType<typeof completed>;
  readonly error: string | undefined;
  readonly onChange: (change: Partial<RecurrenceForm>) => void;
}) {
  const styles = useFormStyles();
  const { recurrence, error, onChange } = props;
  return (
    <div className={styles.pair}>
      <Field label={words.monthly}>
        <RadioGroup
          value={recurrence.by}
          onChange={(_event, { value }) => onChange({ by: value as RecurrenceForm['by'] })}
        >
          <Radio value="day" label={words.monthlyBy.day} />
          <Radio value="week" label={words.monthlyBy.week} />
        </RadioGroup>
      </Field>
      {recurrence.by === 'day' ? (
        <NumberField
          label={words.dayOfMonth}
          value={recurrence.day}
          most={31}
          hint={(recurrence.day ?? 0) > 28 ? words.shortMonths : undefined}
          error={error}
          onChange={(day) => onChange({ day })}
        />
      ) : (
        <div className={styles.pair}>
          <Field label={words.week}>
            <Select
              value={String(recurrence.week)}
              onChange={(_event, { value }) => onChange({ week: Number(value) as Week })}
            >
              {([1, 2, 3, 4, -1] as const).map((week) => (
                <option key={week} value={week}>
                  {recurrenceWords.weeks[week]}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={words.weekDay}>
            <Select
              value={String(recurrence.weekDay)}
              onChange={(_event, { value }) => onChange({ weekDay: Number(value) })}
            >
              {words.weekDays.map((name, place) => (
                <option key={name} value={place + 1}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      )}
    </div>
  );
}
