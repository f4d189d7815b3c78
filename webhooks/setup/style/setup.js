/* Renews what goes on, while somebody looks: the same page is asked for again, and one element of it is put in place. */
/* global document, DOMParser, fetch, location, setTimeout */
const live = () => document.getElementById('live');

async function renew() {
  if (document.visibilityState === 'visible') {
    const answer = await fetch(location.pathname, { headers: { accept: 'text/html' } }).catch(() => null);
    if (answer !== null && answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live');
      const old = live();
      if (fresh === null) return location.reload();
      if (old !== null && fresh.innerHTML !== old.innerHTML && !old.contains(document.activeElement)) old.replaceChildren(...fresh.childNodes);
    } else if (answer !== null) return location.reload();
  }
  again();
}

function again() {
  setTimeout(renew, Number(live()?.dataset['renew'] ?? 3000));
}

if (live() !== null) again();
