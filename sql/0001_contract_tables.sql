-- The tables of the FeedlyAI contract, in schema public: other parts (YE, JS, developer tools) share these rows and
-- use tables, columns and sequences by name. What the pipeline needs beyond them lives in schema pipeline.
--
-- Read with this in mind:
-- * pk serial is neither a key nor unique; it is here because YE and JS call nextval('<table>_pk_seq') by name.
-- * Columns stay nullable and rows stay non-unique where the original has them so: foreign writers rely on it.
-- * updated_at is set by whoever writes; there is no trigger, since other parts write their own values.

create extension if not exists "uuid-ossp";

-- Core ----------------------------------------------------------------------------------------------------------------

create table users (
  user_id uuid primary key default uuid_generate_v4(),
  uid varchar(255) unique,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

create table tenants (
  tenant_id varchar(255) primary key,
  display_name varchar(255),
  uid varchar(255) unique,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- image_assets -> jobs -> stores -> image_assets is a ring: the foreign key of job_id follows once jobs exists.
create table image_assets (
  image_asset_id uuid primary key default uuid_generate_v4(),
  image_type varchar(50),
  image_url text not null,
  mask_url text,
  width integer,
  height integer,
  creator_id uuid references users (user_id),
  tenant_id varchar(255) references tenants (tenant_id),
  job_id uuid,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

create table stores (
  store_id uuid primary key default uuid_generate_v4(),
  user_id uuid references users (user_id),
  image_id uuid references image_assets (image_asset_id),
  title varchar(500),
  body text,
  store_category text,
  auto_scoring_flag boolean default false,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- Styles, prompts and models ------------------------------------------------------------------------------------------

create table tone_styles (
  tone_style_id uuid primary key default uuid_generate_v4(),
  code text,
  kor_name text,
  eng_name text,
  description text,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

create table pbg_prompt_assets (
  prompt_asset_id uuid primary key default uuid_generate_v4(),
  tone_style_id uuid references tone_styles (tone_style_id),
  prompt_type text,
  prompt_version text,
  prompt jsonb,
  negative_prompt jsonb,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- Tied to pbg_prompt_assets and tone_styles by the text of prompt_type only, as in the original.
create table pbg_placement_presets (
  placement_preset_id uuid primary key default uuid_generate_v4(),
  prompt_type text not null,
  preset_order integer,
  x decimal(5, 4) not null,
  y decimal(5, 4) not null,
  size decimal(5, 4) not null,
  rotation decimal(5, 2) not null default 0,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

create table gen_models (
  model_id uuid primary key default uuid_generate_v4(),
  name text,
  repo text,
  version text,
  defaults jsonb,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

create table vlm_prompt_assets (
  prompt_asset_id uuid primary key default uuid_generate_v4(),
  prompt_type text,
  prompt_version text,
  prompt jsonb,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- is_active is a string in the original ('true'), not a boolean; those who read it compare text.
create table llm_models (
  llm_model_id uuid primary key default uuid_generate_v4(),
  model_name varchar(255) not null,
  model_version varchar(255),
  provider varchar(255) not null,
  default_temperature float,
  default_max_tokens integer,
  prompt_token_cost_per_1m float,
  completion_token_cost_per_1m float,
  description text,
  is_active varchar(10) default 'true',
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- Jobs ----------------------------------------------------------------------------------------------------------------

-- jobs and jobs_variants are updated at every step. The free 30 % lets the new row version stay in its page, without
-- which no update can be HOT. HOT are those that change no indexed value: updated_at alone, a status written again as
-- it was. A changed status or current_step is indexed and never HOT; it still finds room without growing the table.
create table jobs (
  job_id uuid primary key default uuid_generate_v4(),
  tenant_id varchar(255) references tenants (tenant_id),
  store_id uuid references stores (store_id),
  status text default 'queued',
  current_step text,
  version text,
  retry_count integer default 0,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
) with (fillfactor = 70);

alter table image_assets
  add constraint image_assets_job_id_fkey foreign key (job_id) references jobs (job_id);

create table job_inputs (
  job_id uuid primary key references jobs (job_id),
  img_asset_id uuid references image_assets (image_asset_id),
  tone_style_id uuid references tone_styles (tone_style_id),
  desc_kor text,
  desc_eng text,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

create table jobs_variants (
  job_variants_id uuid primary key default uuid_generate_v4(),
  job_id uuid references jobs (job_id),
  img_asset_id uuid references image_assets (image_asset_id),
  creation_order integer not null,
  selected boolean default false,
  status text default 'queued',
  current_step text default 'vlm_analyze',
  retry_count integer default 0,
  overlaid_img_asset_id uuid references image_assets (image_asset_id),
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
) with (fillfactor = 70);

-- Generation ----------------------------------------------------------------------------------------------------------

-- plan_json_url: no published schema has it, yet YE reads and writes it.
create table gen_runs (
  run_id uuid primary key default uuid_generate_v4(),
  job_id uuid references jobs (job_id),
  tenant_id varchar(255) references tenants (tenant_id),
  src_asset_id uuid references image_assets (image_asset_id),
  cutout_asset_id uuid references image_assets (image_asset_id),
  model_id uuid references gen_models (model_id),
  prompt_version text,
  bg_width integer,
  bg_height integer,
  status text default 'queued',
  latency_ms float,
  pk serial,
  created_at timestamptz default current_timestamp,
  finished_at timestamptz,
  plan_json_url text
);

create table gen_variants (
  gen_variant_id uuid primary key default uuid_generate_v4(),
  run_id uuid references gen_runs (run_id),
  index integer,
  canvas_asset_id uuid references image_assets (image_asset_id),
  mask_asset_id uuid references image_assets (image_asset_id),
  bg_asset_id uuid references image_assets (image_asset_id),
  placement_preset_id uuid references pbg_placement_presets (placement_preset_id),
  prompt_en text,
  negative_en text,
  seed_base integer default 13,
  steps integer default 20,
  infer_ms float,
  latency_ms float,
  pk serial,
  created_at timestamptz default current_timestamp
);

-- Vision, planning, overlay, evaluation -------------------------------------------------------------------------------

create table vlm_traces (
  vlm_trace_id uuid primary key default uuid_generate_v4(),
  job_id uuid references jobs (job_id),
  job_variants_id uuid references jobs_variants (job_variants_id) on delete set null,
  provider text,
  prompt_id uuid references vlm_prompt_assets (prompt_asset_id) on delete set null,
  operation_type text,
  request jsonb,
  response jsonb,
  latency_ms float,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- A detection belongs to a variant through its image only.
create table detections (
  detection_id uuid primary key default uuid_generate_v4(),
  image_asset_id uuid references image_assets (image_asset_id),
  model_id uuid references gen_models (model_id),
  job_id uuid references jobs (job_id),
  box jsonb,
  label varchar(255),
  score decimal(5, 4),
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- One row per job although the stage runs per variant: the original's uniqueness, which its readers count on.
create table yolo_runs (
  yolo_run_id uuid primary key default uuid_generate_v4(),
  job_id uuid unique references jobs (job_id),
  image_asset_id uuid references image_assets (image_asset_id),
  forbidden_mask_url text,
  model_name varchar(255),
  detection_count integer default 0,
  latency_ms float,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

create table planner_proposals (
  proposal_id uuid primary key default uuid_generate_v4(),
  image_asset_id uuid references image_assets (image_asset_id),
  prompt text,
  layout jsonb,
  latency_ms float,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

create table overlay_layouts (
  overlay_id uuid primary key default uuid_generate_v4(),
  proposal_id uuid references planner_proposals (proposal_id),
  job_variants_id uuid references jobs_variants (job_variants_id),
  layout jsonb,
  x_ratio decimal(5, 4),
  y_ratio decimal(5, 4),
  width_ratio decimal(5, 4),
  height_ratio decimal(5, 4),
  text_margin varchar(50),
  latency_ms float,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

create table renders (
  render_id uuid primary key default uuid_generate_v4(),
  overlay_id uuid references overlay_layouts (overlay_id),
  image_asset_id uuid references image_assets (image_asset_id),
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- Not unique per overlay and type: a repeated stage adds a row.
create table evaluations (
  evaluation_id uuid primary key default uuid_generate_v4(),
  job_id uuid references jobs (job_id),
  overlay_id uuid references overlay_layouts (overlay_id),
  evaluation_type varchar(50) not null,
  metrics jsonb not null,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- Text and feed -------------------------------------------------------------------------------------------------------

-- prompt_id points at no table: the original has no foreign key here, unlike in vlm_traces.
create table llm_traces (
  llm_trace_id uuid primary key default uuid_generate_v4(),
  job_id uuid references jobs (job_id),
  provider text,
  llm_model_id uuid references llm_models (llm_model_id) on delete set null,
  tone_style_id uuid references tone_styles (tone_style_id),
  enhanced_img_id uuid references image_assets (image_asset_id),
  prompt_id uuid,
  operation_type text,
  request jsonb,
  response jsonb,
  latency_ms float,
  prompt_tokens integer,
  completion_tokens integer,
  total_tokens integer,
  token_usage jsonb,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- generation_stage carries no check: writers use a stage ('ad_copy_kor') that the original's list does not name.
create table txt_ad_copy_generations (
  ad_copy_gen_id uuid primary key default uuid_generate_v4(),
  job_id uuid not null references jobs (job_id) on delete cascade,
  llm_trace_id uuid references llm_traces (llm_trace_id) on delete set null,
  generation_stage text not null,
  ad_copy_kor text,
  ad_copy_eng text,
  refined_ad_copy_eng text,
  status text default 'queued',
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

create table instagram_feeds (
  instagram_feed_id uuid primary key default uuid_generate_v4(),
  job_id uuid references jobs (job_id),
  llm_trace_id uuid references llm_traces (llm_trace_id) on delete set null,
  overlay_id uuid references overlay_layouts (overlay_id),
  tenant_id varchar(255) not null,
  refined_ad_copy_eng text not null,
  ad_copy_kor text,
  tone_style text not null,
  product_description text not null,
  gpt_prompt text not null,
  instagram_ad_copy text not null,
  hashtags text not null,
  used_temperature float,
  used_max_tokens integer,
  latency_ms float,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- System --------------------------------------------------------------------------------------------------------------

create table worker_events (
  event_id uuid primary key default uuid_generate_v4(),
  event_type varchar(100),
  status varchar(50),
  start_time timestamptz,
  end_time timestamptz,
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

create table connected_nodes (
  node_id uuid primary key default uuid_generate_v4(),
  node_type varchar(100),
  status varchar(50),
  pk serial,
  created_at timestamptz default current_timestamp,
  updated_at timestamptz default current_timestamp
);

-- Indexes: core -------------------------------------------------------------------------------------------------------
-- All names are the original's, also where they cover more than any query here needs: they belong to the contract.

create index idx_image_assets_creator_id on image_assets (creator_id);
create index idx_image_assets_tenant_id on image_assets (tenant_id);
create index idx_image_assets_job_id on image_assets (job_id);
create index idx_image_assets_created_at on image_assets (created_at);

create index idx_stores_user_id on stores (user_id);
create index idx_stores_image_id on stores (image_id);
create index idx_stores_created_at on stores (created_at);

-- Indexes: styles, prompts and models ---------------------------------------------------------------------------------

create index idx_pbg_prompt_assets_tone_style_id on pbg_prompt_assets (tone_style_id);
create index idx_pbg_prompt_assets_prompt on pbg_prompt_assets using gin (prompt);
create index idx_pbg_prompt_assets_negative_prompt on pbg_prompt_assets using gin (negative_prompt);

create index idx_pbg_placement_presets_prompt_type on pbg_placement_presets (prompt_type);
create index idx_pbg_placement_presets_prompt_type_preset_order on pbg_placement_presets (prompt_type, preset_order);

create index idx_gen_models_defaults on gen_models using gin (defaults);

create index idx_vlm_prompt_assets_prompt_type on vlm_prompt_assets (prompt_type);
create index idx_vlm_prompt_assets_prompt on vlm_prompt_assets using gin (prompt);

create index idx_llm_models_provider on llm_models (provider);
create index idx_llm_models_model_name on llm_models (model_name);
create index idx_llm_models_is_active on llm_models (is_active);

-- Indexes: jobs -------------------------------------------------------------------------------------------------------

create index idx_jobs_tenant_id on jobs (tenant_id);
create index idx_jobs_store_id on jobs (store_id);
create index idx_jobs_status on jobs (status);
create index idx_jobs_current_step on jobs (current_step);
create index idx_jobs_retry_count on jobs (retry_count);
create index idx_jobs_status_retry_count on jobs (status, retry_count);
create index idx_jobs_created_at on jobs (created_at);

create index idx_job_inputs_img_asset_id on job_inputs (img_asset_id);
create index idx_job_inputs_tone_style_id on job_inputs (tone_style_id);
create index idx_job_inputs_created_at on job_inputs (created_at);

create index idx_jobs_variants_job_id on jobs_variants (job_id);
create index idx_jobs_variants_img_asset_id on jobs_variants (img_asset_id);
create index idx_jobs_variants_creation_order on jobs_variants (creation_order);
create index idx_jobs_variants_selected on jobs_variants (selected);
create index idx_jobs_variants_status on jobs_variants (status);
create index idx_jobs_variants_current_step on jobs_variants (current_step);
create index idx_jobs_variants_job_id_status on jobs_variants (job_id, status);
create index idx_jobs_variants_retry_count on jobs_variants (retry_count);
create index idx_jobs_variants_status_retry_count on jobs_variants (status, retry_count);
create index idx_jobs_variants_job_id_retry_count on jobs_variants (job_id, retry_count);
create index idx_jobs_variants_overlaid_img_asset_id on jobs_variants (overlaid_img_asset_id);
create index idx_jobs_variants_created_at on jobs_variants (created_at);

-- Indexes: generation -------------------------------------------------------------------------------------------------

create index idx_gen_runs_job_id on gen_runs (job_id);
create index idx_gen_runs_tenant_id on gen_runs (tenant_id);
create index idx_gen_runs_model_id on gen_runs (model_id);
create index idx_gen_runs_src_asset_id on gen_runs (src_asset_id);
create index idx_gen_runs_cutout_asset_id on gen_runs (cutout_asset_id);
create index idx_gen_runs_status on gen_runs (status);
create index idx_gen_runs_created_at on gen_runs (created_at);

create index idx_gen_variants_run_id on gen_variants (run_id);
create index idx_gen_variants_run_id_index on gen_variants (run_id, index);
create index idx_gen_variants_canvas_asset_id on gen_variants (canvas_asset_id);
create index idx_gen_variants_mask_asset_id on gen_variants (mask_asset_id);
create index idx_gen_variants_bg_asset_id on gen_variants (bg_asset_id);
create index idx_gen_variants_placement_preset_id on gen_variants (placement_preset_id);

-- Indexes: vision, planning, overlay, evaluation ----------------------------------------------------------------------

create index idx_vlm_traces_job_id on vlm_traces (job_id);
create index idx_vlm_traces_job_variants_id on vlm_traces (job_variants_id);
create index idx_vlm_traces_prompt_id on vlm_traces (prompt_id);
create index idx_vlm_traces_operation_type on vlm_traces (operation_type);
create index idx_vlm_traces_job_id_variants_id on vlm_traces (job_id, job_variants_id);
create index idx_vlm_traces_created_at on vlm_traces (created_at);
create index idx_vlm_traces_request on vlm_traces using gin (request);
create index idx_vlm_traces_response on vlm_traces using gin (response);

create index idx_detections_image_id on detections (image_asset_id);
create index idx_detections_job_id on detections (job_id);
create index idx_detections_box on detections using gin (box);

create index idx_yolo_runs_job_id on yolo_runs (job_id);
create index idx_yolo_runs_image_asset_id on yolo_runs (image_asset_id);

create index idx_planner_proposals_image_id on planner_proposals (image_asset_id);
create index idx_planner_proposals_layout on planner_proposals using gin (layout);

create index idx_overlay_layouts_proposal_id on overlay_layouts (proposal_id);
create index idx_overlay_layouts_job_variants_id on overlay_layouts (job_variants_id);

create index idx_renders_overlay_id on renders (overlay_id);

create index idx_evaluations_job_id on evaluations (job_id);
create index idx_evaluations_overlay_id on evaluations (overlay_id);
create index idx_evaluations_type on evaluations (evaluation_type);
create index idx_evaluations_created_at on evaluations (created_at);
create index idx_evaluations_metrics on evaluations using gin (metrics);

-- Indexes: text and feed ----------------------------------------------------------------------------------------------

create index idx_llm_traces_job_id on llm_traces (job_id);
create index idx_llm_traces_llm_model_id on llm_traces (llm_model_id);
create index idx_llm_traces_tone_style_id on llm_traces (tone_style_id);
create index idx_llm_traces_enhanced_img_id on llm_traces (enhanced_img_id);
create index idx_llm_traces_prompt_id on llm_traces (prompt_id);
create index idx_llm_traces_operation_type on llm_traces (operation_type);
create index idx_llm_traces_prompt_tokens on llm_traces (prompt_tokens);
create index idx_llm_traces_completion_tokens on llm_traces (completion_tokens);
create index idx_llm_traces_total_tokens on llm_traces (total_tokens);
create index idx_llm_traces_created_at on llm_traces (created_at);
create index idx_llm_traces_created_at_tokens on llm_traces (created_at, total_tokens);
create index idx_llm_traces_request on llm_traces using gin (request);
create index idx_llm_traces_response on llm_traces using gin (response);
create index idx_llm_traces_token_usage on llm_traces using gin (token_usage);

create index idx_txt_ad_copy_generations_job_id on txt_ad_copy_generations (job_id);
create index idx_txt_ad_copy_generations_llm_trace_id on txt_ad_copy_generations (llm_trace_id);
create index idx_txt_ad_copy_generations_generation_stage on txt_ad_copy_generations (generation_stage);
create index idx_txt_ad_copy_generations_status on txt_ad_copy_generations (status);
create index idx_txt_ad_copy_generations_job_id_stage on txt_ad_copy_generations (job_id, generation_stage);
create index idx_txt_ad_copy_generations_created_at on txt_ad_copy_generations (created_at);

create index idx_instagram_feeds_job_id on instagram_feeds (job_id);
create index idx_instagram_feeds_overlay_id on instagram_feeds (overlay_id);
create index idx_instagram_feeds_llm_trace_id on instagram_feeds (llm_trace_id);
create index idx_instagram_feeds_tenant_id on instagram_feeds (tenant_id);
create index idx_instagram_feeds_created_at on instagram_feeds (created_at);
