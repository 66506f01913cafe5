-- The shop's own words in roles, what each picture says, the post, and the brand behind them.

-- What the shop wants to say. One row per job and generation; readers take the newest.
create table pipeline.briefs (
  job_id     uuid not null references public.jobs (job_id) on delete cascade,
  generation integer not null default 1,
  -- Roles to texts (src/brief/brief.ts).
  brief      jsonb not null check (jsonb_typeof(brief) = 'object'),
  -- The sentence that the roles were taken from; null when the creator gave roles.
  sentence   text,
  -- Words of the sentence that no role took, each with a reason: [{"text", "reason"}].
  leftovers  jsonb not null default '[]',
  created_at timestamptz not null default clock_timestamp(),
  primary key (job_id, generation)
);

-- What one picture leads with and says (src/brief/idea.ts), from this generation of the variant on.
create table pipeline.ideas (
  job_variants_id uuid not null references public.jobs_variants (job_variants_id) on delete cascade,
  generation      integer not null default 1,
  idea            jsonb not null check (jsonb_typeof(idea) = 'object' and idea -> 'texts' ? 'headline'),
  -- By the owner's hand: another brief does not change it.
  edited          boolean not null default false,
  created_at      timestamptz not null default clock_timestamp(),
  primary key (job_variants_id, generation)
);

-- The text to post: written when the job is made, and by the owner's hand afterwards. One row per job; the contract's
-- instagram_feeds rows are its published copies.
create table pipeline.posts (
  job_id     uuid primary key references public.jobs (job_id) on delete cascade,
  tenant_id  varchar(255),
  post       text not null,
  hashtags   text not null,
  edited     boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
create index posts_tenant_id on pipeline.posts (tenant_id, created_at desc);

-- How a picture of ours was composed: where its text goes, where its dish is, what was done to the photo.
create table pipeline.pictures (
  image_asset_id  uuid primary key references public.image_assets (image_asset_id) on delete cascade,
  job_variants_id uuid not null references public.jobs_variants (job_variants_id) on delete cascade,
  design          text not null,
  format          text not null,
  -- Where each kind of text goes and how it looks (src/typography/text-areas.ts).
  text_areas      jsonb not null,
  -- Box of the dish and box of the photo, shares of the canvas; how many times the photo's pixels were enlarged.
  composition     jsonb not null,
  created_at      timestamptz not null default clock_timestamp()
);
create index pictures_job_variants_id on pipeline.pictures (job_variants_id);

-- Who a tenant is on pictures and in posts.
create table pipeline.brands (
  tenant_id     varchar(255) primary key references public.tenants (tenant_id) on delete cascade,
  name          text,
  -- PNG with transparency, kept as an asset.
  logo_url      text,
  -- RRGGBB.
  colour        text check (colour ~ '^[0-9a-f]{6}$'),
  second_colour text check (second_colour ~ '^[0-9a-f]{6}$'),
  handle        text,
  phone         text,
  address       text,
  hours         text,
  -- A face of src/imaging/fonts.ts.
  face          text,
  updated_at    timestamptz not null default clock_timestamp()
);

-- A key belongs to one tenant, or (null) to all of them.
alter table pipeline.api_keys add column tenant_id varchar(255);

-- Whose the entry is, where no job says so: orders about a tenant, and what is left of deleted jobs.
alter table pipeline.audit add column tenant_id varchar(255);
create index audit_tenant_id on pipeline.audit (tenant_id, audit_id);

-- Other formats of a finished advertisement, made from the same photo, idea and brand.
alter table pipeline.edited_inputs
  -- The shape that the owner wants of one picture; the job's own holds for the others.
  add column picture_format text check (picture_format in ('square', 'portrait', 'tall', 'story'));
alter table pipeline.jobs drop constraint jobs_picture_format_check;
alter table pipeline.jobs add constraint jobs_picture_format_check
  check (picture_format in ('square', 'portrait', 'tall', 'story'));
