#!/usr/bin/env node
import { launch } from './launch.mjs';

await launch('jobs', 'watch', '--until', 'vlm_analyze');
