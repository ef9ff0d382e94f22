// Rows of data for the charts.

/** Engines with results. */
export const measured = ({ engines }) => Object.values(engines).filter(({ tasks }) => tasks);

/** One row for each engine and contender of a task. */
export const contenderRows = (results, task, extra = {}) =>
  measured(results).flatMap(({ name: engine, tasks }) =>
    Object.entries(tasks[task].contenders).map(([contender, spread]) => ({
      engine,
      contender,
      ...spread,
      ...extra,
    })),
  );

/** One row for each engine: the ratio of ours to another contender. */
export const ratioRows = (results, task, against, extra = {}) =>
  measured(results).map(({ name: engine, tasks }) => ({
    engine,
    ...tasks[task].ratios[against],
    ...extra,
  }));
