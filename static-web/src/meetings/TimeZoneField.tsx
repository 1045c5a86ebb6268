import { Combobox, Field, Option } from '@fluentui/react-components';
import { useState } from 'react';
import { isTimeZone } from '../format/time';
import { formWords } from './words';

// Browsers list some zones under their former names only, and leave UTC out.
const renamed = [
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Europe/Kyiv',
];
const zones = [
  ...new Set([...Intl.supportedValuesOf('timeZone'), ...renamed.filter(isTimeZone), 'UTC']),
].sort();

// More than anybody reads; typing narrows them.
const shown = 60;

function label(zone: string): string {
  return zone.replaceAll('_', ' ');
}

export function TimeZoneField(props: {
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (zone: string) => void;
}) {
  const [query, setQuery] = useState<string>();
  const wanted = (query ?? '').trim().toLowerCase();
  const matches = zones.filter((zone) => label(zone).toLowerCase().includes(wanted)).slice(0, shown);
  const options = matches.includes(props.value) || wanted ? matches : [props.value, ...matches];

  return (
    <Field label={formWords.timeZone} required {...(props.error ? { validationMessage: props.error } : {})}>
      <Combobox
        value={query ?? label(props.value)}
        selectedOptions={[props.value]}
        onChange={(event) => {
          setQuery(event.target.value);
          const typed = zones.find((zone) => label(zone).toLowerCase() === event.target.value.toLowerCase());
          if (typed) props.onChange(typed);
        }}
        onOptionSelect={(_event, data) => {
          // Typing reports a selection of nothing.
          if (data.optionValue === undefined) return;
          setQuery(undefined);
          props.onChange(data.optionValue);
        }}
        onBlur={() => {
          // Whoever typed until one zone was left meant that one.
          if (wanted && matches.length === 1 && matches[0]) props.onChange(matches[0]);
          setQuery(undefined);
        }}
      >
        {options.map((zone) => (
          <Option key={zone} value={zone} text={label(zone)}>
            {label(zone)}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
