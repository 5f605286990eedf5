import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

// A small shop in two builds. In the build "hidden" the way to the checkout lies behind an unlabelled menu of the cart.

export type Build = "plain" | "hidden";

const goods = [
  { id: "k1", name: "Steel kettle K1", price: 39, about: "1.5 litres, steel, switches itself off." },
  {
    id: "k2",
    name: "Repairable kettle K2",
    price: 89,
    about: "1.7 litres, every part can be replaced with one screw.",
  },
  { id: "t1", name: "Toaster T1", price: 45, about: "Two slots, four levels." },
];

/** Serves the shop on loopback; `close` ends it. */
export async function openShop(build: Build, port = 0): Promise<{ url: string; close(): Promise<void> }> {
  const carts = new Map<string, string[]>();
  let visitors = 0;
  const server = createServer((request, response) => {
    const known = /cart=(\d+)/.exec(request.headers.cookie ?? "")?.[1];
    const visitor = known ?? String(++visitors);
    if (known === undefined) response.setHeader("set-cookie", `cart=${visitor}; HttpOnly; SameSite=Lax`);
    const cart = carts.get(visitor) ?? [];
    carts.set(visitor, cart);
    answer(request, response, { build, cart });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

interface Visit {
  readonly build: Build;
  readonly cart: string[];
}

function answer(request: IncomingMessage, response: ServerResponse, { build, cart }: Visit): void {
  const url = new URL(request.url ?? "/", "http://shop");
  const product = goods.find(({ id }) => url.pathname === `/goods/${id}`);
  const added = goods.find(({ id }) => url.pathname === `/add/${id}`);
  if (added !== undefined && request.method === "POST") {
    cart.push(added.id);
    response.writeHead(303, { location: "/cart" }).end();
    return;
  }
  if (url.pathname === "/order" && request.method === "POST") {
    cart.length = 0;
    response.writeHead(303, { location: "/thanks" }).end();
    return;
  }
  const page =
    product !== undefined
      ? ([product.name, productPage(product)] as const)
      : url.pathname === "/cart"
        ? (["Your cart", cartPage(cart, build)] as const)
        : url.pathname === "/checkout"
          ? (["Checkout", checkout] as const)
          : url.pathname === "/thanks"
            ? (["Thank you", "<h1>Thank you for your order</h1><p>Your order number is 4711.</p>"] as const)
            : (["Kitchen shop", front] as const);
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html(...page));
}

const front = `<h1>Kitchen shop</h1><ul>${goods
  .map(({ id, name, price }) => `<li><a href="/goods/${id}">${name}</a> ${price} €</li>`)
  .join("")}</ul>`;

const productPage = ({ id, name, price, about }: (typeof goods)[number]): string =>
  `<h1>${name}</h1><p>${about}</p><p>${price} €</p><form method="post" action="/add/${id}"><button>Add to cart</button></form>`;

function cartPage(cart: readonly string[], build: Build): string {
  if (cart.length === 0) return `<h1>Your cart</h1><p>There is nothing in your cart.</p>`;
  const rows = cart
    .map((id) => goods.find((one) => one.id === id))
    .map((one) => `<li>${one?.name} ${one?.price} €</li>`);
  const way =
    build === "plain"
      ? `<a href="/checkout">Go to checkout</a>`
      : `<details><summary aria-label="⋯">⋯</summary><a href="/checkout">Further</a></details>`;
  return `<h1>Your cart</h1><ul>${rows.join("")}</ul>${way}`;
}

const checkout = `<h1>Checkout</h1><form method="post" action="/order">
<p><label>Name <input name="name" required></label></p>
<p><label>E-mail <input name="mail" type="email" required></label></p>
<p><label>Street and number <input name="street" required></label></p>
<button>Place order</button></form>`;

const html = (title: string, body: string): string => `<!doctype html><html lang="en"><meta charset="utf-8">
<title>${title}</title><style>body{font:1rem/1.5 system-ui;max-width:40rem;margin:2rem auto}</style>
<nav><a href="/">All goods</a> <a href="/cart">Cart</a></nav>${body}</html>`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [build, port] of [
    ["plain", 8151],
    ["hidden", 8152],
  ] as const) {
    console.log(`${build}: ${(await openShop(build, port)).url}`);
  }
}
