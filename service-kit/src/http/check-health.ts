// For containers: exits with 0 when the address in the first argument answers with 200 within two seconds, else with 1.
const [address = ""] = process.argv.slice(2);
const isHealthy = await fetch(address, { signal: AbortSignal.timeout(2_000) }).then(
  ({ status }) => status === 200,
  () => false,
);
process.exit(isHealthy ? 0 : 1);
