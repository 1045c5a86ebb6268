import { Panel } from '../ui/Panel';
import { TextLink } from '../ui/TextLink';
import { useListStyles } from '../ui/useListStyles';
import { readView, viewPath, without } from './filters';
import { filterWords as words } from './words';

/** Says what of an address cannot be meant, and leads to the page without it. */
export function FaultyAddress(props: {
  readonly path: string;
  readonly search: URLSearchParams;
  readonly wrong: readonly string[];
}) {
  const lists = useListStyles();
  const { path, search, wrong } = props;
  return (
    <div role="alert">
      <Panel
        title={words.wrongTitle}
        actions={
          <TextLink to={viewPath(path, without(readView(search), 'range', 'from', 'to', 'zone'))}>
            {words.wrongLeave}
          </TextLink>
        }
      >
        <ul className={lists.parts}>
          {wrong.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
