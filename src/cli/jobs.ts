import { Command } from 'commander';
import { createCommand } from './jobs-create.js';
import { fullCommand } from './jobs-full.js';
import { overlayCommand } from './jobs-overlay.js';
import { reportCommand } from './jobs-report.js';
import { textCommand } from './jobs-text.js';
import { watchCommand } from './jobs-watch.js';
import { t } from './messages/index.js';
import { jobOrders } from './operations/jobs.js';
import { wordOrders } from './operations/words.js';

/** What is done with jobs, one file per command. */
export const jobsCommand = (): Command => {
  const jobs = new Command('jobs')
    .description(t.commands.jobs)
    .addCommand(createCommand())
    .addCommand(fullCommand())
    .addCommand(overlayCommand())
    .addCommand(textCommand())
    .addCommand(watchCommand())
    .addCommand(reportCommand());
  for (const order of [...wordOrders(), ...jobOrders()]) jobs.addCommand(order);
  return jobs;
};
