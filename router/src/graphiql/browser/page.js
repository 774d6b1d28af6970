import { examples } from "/graphiql/examples.js";

const storedAs = "tareas:authorization";
const authorization = document.getElementById("authorization");
const signIn = document.getElementById("sign-in");
const status = document.getElementById("status");

/** The token lives as long as the tab. */
function remember(value) {
  authorization.value = value;
  sessionStorage.setItem(storedAs, value);
}

signIn.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = JSON.stringify(Object.fromEntries(new FormData(signIn)));
  const response = await fetch("/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  }).catch(() => undefined);
  if (!response) {
    status.textContent = "The router can't be reached.";
    return;
  }
  const answer = await response.json();
  if (response.ok) {
    remember(`Bearer ${answer.accessToken}`);
    signIn.reset();
  }
  status.textContent = response.ok ? `Signed in as ${answer.user.username}` : answer.detail;
});

authorization.addEventListener("input", () => remember(authorization.value.trim()));
document.getElementById("sign-out").addEventListener("click", () => {
  remember("");
  status.textContent = "Signed out";
});

/** The Authorization field goes with each request, unless the editor's Headers tab has one of its own. */
async function fetcher(request, { headers = {} } = {}) {
  const token = authorization.value;
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: token }), ...headers },
    body: JSON.stringify(request),
  });
  return response.json();
}

// The schema can be read without a token: one that has expired must not keep the documentation away.
function fetcherOf(request, options) {
  if (request.operationName !== "IntrospectionQuery") return fetcher(request, options);
  return fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  }).then((response) => response.json());
}

authorization.value = sessionStorage.getItem(storedAs) ?? "";
const root = ReactDOM.createRoot(document.getElementById("graphiql"));
root.render(React.createElement(GraphiQL, { fetcher: fetcherOf, defaultTabs: examples, shouldPersistHeaders: false }));
