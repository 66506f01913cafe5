import { useId, useState } from 'preact/hooks';
import type { Brief, BriefRole, Coverage, Understanding } from '../api/making-types.js';
import { Icon } from '../ui/icon.js';
import { useWords } from '../words/index.js';
import { Leftovers, Warnings } from './remarks.js';
import { RoleMap } from './role-map.js';
import { isLong, ROLES } from './roles.js';

interface Parts {
  answer: Understanding;
  /** Roles as the owner wrote them. */
  roles: Brief;
  isAsking: boolean;
  onRole(role: BriefRole, text: string): void;
}

/** What was understood, role by role, each to be changed, and where each of them goes. */
export function Understood({ answer, roles, isAsking, onRole }: Parts) {
  const words = useWords();
  const [looked, setLooked] = useState<BriefRole>();
  const [added, setAdded] = useState<BriefRole[]>([]);
  const textOf = (role: BriefRole): string => roles[role] ?? answer.brief[role] ?? '';
  const isShown = (role: BriefRole): boolean => textOf(role) !== '' || added.includes(role);
  const shown = ROLES.filter(isShown);
  const add = (role: BriefRole): void => setAdded((before) => (before.includes(role) ? before : [...before, role]));
  const remove = (role: BriefRole): void => {
    setAdded((before) => before.filter((one) => one !== role));
    onRole(role, '');
  };
  return (
    <section class="panel understood" aria-labelledby="understood-heading" aria-busy={isAsking}>
      <h2 id="understood-heading">{words.create.understood}</h2>
      <p class="quiet">{words.create.understoodLead}</p>
      <div class="understood-columns">
        <ul class="roles" onFocusOut={() => setLooked(undefined)}>
          {shown.map((role) => (
            <RoleField
              key={role}
              role={role}
              text={textOf(role)}
              coverage={answer.coverage.find((one) => one.role === role)}
              isNew={added.includes(role)}
              onLook={() => setLooked(role)}
              onText={(text) => {
                // A field that is emptied by typing stays where it is.
                add(role);
                onRole(role, text);
              }}
              onRemove={() => remove(role)}
            />
          ))}
        </ul>
        <RoleMap roles={shown} looked={looked} />
      </div>
      <div class="chips" role="group" aria-label={words.create.addRole}>
        {ROLES.filter((role) => !isShown(role)).map((role) => (
          <button key={role} type="button" class="chip" onClick={() => add(role)}>
            <Icon name="plus" />
            {words.roles[role]}
          </button>
        ))}
      </div>
      <Leftovers leftovers={answer.leftovers} onTake={(text) => onRole('note', joined(textOf('note'), text))} />
      <Warnings warnings={answer.warnings} />
    </section>
  );
}

const joined = (before: string, text: string): string => [before, text].filter(Boolean).join(' · ');

function RoleField({
  role,
  text,
  coverage,
  isNew,
  onLook,
  onText,
  onRemove,
}: {
  role: BriefRole;
  text: string;
  coverage: Coverage | undefined;
  isNew: boolean;
  onLook(): void;
  onText(text: string): void;
  onRemove(): void;
}) {
  const words = useWords();
  const id = useId();
  return (
    <li class="role">
      <label for={id}>{words.roles[role]}</label>
      <textarea
        id={id}
        rows={isLong(role) ? 2 : 1}
        value={text}
        lang="ko"
        data-role={role}
        placeholder={words.roleHints[role]}
        aria-describedby={`${id}-where`}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- a field that was just asked for
        autofocus={isNew}
        onFocus={onLook}
        onInput={(event) => onText(event.currentTarget.value)}
        // What is one line on a picture is one line here, however it is wrapped; a syllable that is being put together ends by it.
        onKeyDown={(event) => event.key === 'Enter' && !event.isComposing && !isLong(role) && event.preventDefault()}
      />
      <button type="button" class="round" aria-label={words.create.removeRole(words.roles[role])} onClick={onRemove}>
        <Icon name="close" />
      </button>
      <Whereabouts id={`${id}-where`} coverage={coverage} />
    </li>
  );
}

/** Where a role ends up: "사진 1·3, 게시글"; else why nowhere. */
export function Whereabouts({ id, coverage }: { id?: string; coverage: Coverage | undefined }) {
  const words = useWords();
  if (!coverage) return <small id={id} />;
  const { pictures, inPost, reason } = coverage;
  const isNowhere = pictures.length === 0 && !inPost;
  return (
    <small id={id} class={isNowhere ? 'whereabouts nowhere' : 'whereabouts'}>
      {isNowhere ? words.coverage.nowhere(words.leftover(reason ?? '')) : words.coverage.at(pictures, inPost)}
    </small>
  );
}
