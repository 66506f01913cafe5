import type { Brief, Idea, Understanding } from '../api/making-types.js';
import type { Draft } from './draft.js';

interface Ordered {
  tenantId: string;
  photo: File;
  draft: Draft;
  roles: Brief;
  /** What was understood; without it the server understands the sentence by itself. */
  meaning: Understanding | undefined;
}

/**
 * The order as the server takes it: what the owner changed stands instead of what was proposed. Roles go along only when
 * she changed any: the server reads the same sentence in the same way, and keeps it with what found no place.
 */
export function formOf({ tenantId, photo, draft, roles, meaning }: Ordered): FormData {
  const brief = meaning?.brief ?? roles;
  const ideas = meaning?.ideas.map((idea, place) => saying(draft.ideas[place]) ?? idea);
  const fields: Record<string, string | File> = {
    tenantId,
    photos: photo,
    descKor: draft.sentence.trim(),
    storeName: brief.shop ?? '',
    toneStyle: draft.tone,
    pictureFormat: draft.format,
    subjectHint: draft.hint ? JSON.stringify(draft.hint) : '',
    ...(meaning && {
      brief: Object.keys(draft.roles).length > 0 ? JSON.stringify(meaning.brief) : '',
      ideas: JSON.stringify(ideas),
      post: JSON.stringify(draft.post ?? meaning.post),
    }),
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== '') form.append(name, value);
  return form;
}

/** An idea whose headline was emptied says nothing: the proposed one stays. */
const saying = (idea: Idea | undefined): Idea | undefined => (idea?.texts.headline.trim() ? idea : undefined);
