/** Where the console should be, when it was not built. */
export const unbuiltPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Plimsoll</title>
<h1>Plimsoll is running, its console is not built</h1>
<p>In the checkout, run <code>npm run build</code> and start the server again.</p>
<p>The API works: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a> describes it.</p>
</html>
`;
