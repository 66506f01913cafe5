#!/usr/bin/env node
import { launch } from './launch.mjs';

await launch('jobs', 'full', '--tenant-id', 'background_job_creator_tenant');
