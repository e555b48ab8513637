/** How often something ended by itself. Uses no package. */

/**
 * @param {{ deaths: number, withinMs: number }} [giveUpAfter] without it no number of deaths is too many
 * @returns {() => string | undefined} to be called at each death; answers with how many that were when it is not to be started any more
 */
export function countDeaths(giveUpAfter) {
  let recent = [];
  return () => {
    if (!giveUpAfter) return undefined;
    const { deaths, withinMs } = giveUpAfter;
    const now = Date.now();
    recent = [...recent.filter((time) => now - time < withinMs), now];
    return recent.length < deaths ? undefined : `that was death ${recent.length} in ${withinMs / 1000} seconds`;
  };
}
