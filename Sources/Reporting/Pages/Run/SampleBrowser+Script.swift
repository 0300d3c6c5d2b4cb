extension SampleBrowser {
  /// What shows the samples: filters, order, pages, and the sample that the address names.
  ///
  /// Texts come into the page as text nodes only.
  static let script = #"""
    (() => {
      'use strict';
      const data = JSON.parse(document.getElementById('samples-data').textContent);
      const byId = (id) => document.getElementById(id);
      const form = byId('filters');
      const list = byId('list');
      const pagers = [...document.querySelectorAll('.pager')];
      const SVG = 'http://www.w3.org/2000/svg';

      const make = (tag, className, ...children) => {
        const element = document.createElement(tag);
        if (className) element.className = className;
        element.append(...children);
        return element;
      };
      const draw = (tag, attributes) => {
        const element = document.createElementNS(SVG, tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        return element;
      };
      const nameOf = (sample) => 'sample-' + sample.id;
      const scoreText = (value, place) => value.toFixed(data.scores[place].digits);

      // What a search looks through, made once.
      const words = data.samples.map((sample) => [
        sample.id, sample.input ?? '', sample.prediction,
        ...sample.references.map(([text]) => text),
        ...(sample.candidates ?? []).map(([text]) => text), ...(sample.ranking ?? []),
      ].join('\n').toLowerCase());

      // Choices that depend on the run.
      const problem = byId('problem');
      const counts = data.notes.map(() => 0);
      for (const sample of data.samples) for (const note of sample.notes ?? []) counts[note] += 1;
      if (data.notes.length === 0) byId('problem-field').hidden = true;
      else problem.append(new Option('any', 'any'), new Option('none', 'none'));
      data.notes.slice(0, 40).forEach((text, place) => {
        const short = text.length > 80 ? text.slice(0, 79) + '…' : text;
        problem.append(new Option(`${short} (${counts[place]})`, String(place)));
      });
      const order = byId('order');
      data.scores.forEach(({name}, place) => {
        order.append(new Option(`by ${name}, lowest first`, `up ${place}`));
        order.append(new Option(`by ${name}, highest first`, `down ${place}`));
      });

      let page = 0;
      let chosen = [];

      const passes = (sample, place) => {
        const verdict = form.querySelector('[name=verdict]:checked')?.value ?? '';
        if (verdict !== '' && sample.verdict !== verdict) return false;
        const notes = sample.notes ?? [];
        const wanted = problem.value;
        if (wanted === 'any' && notes.length === 0) return false;
        if (wanted === 'none' && notes.length > 0) return false;
        if (/^\d/.test(wanted) && !notes.includes(Number(wanted))) return false;
        const sought = byId('text').value.trim().toLowerCase();
        return sought === '' || sought.split(/\s+/).every((word) => words[place].includes(word));
      };

      const choose = () => {
        chosen = data.samples.map((_, place) => place)
          .filter((place) => passes(data.samples[place], place));
        const [direction, score] = order.value.split(' ');
        if (direction === 'id') {
          const compare = new Intl.Collator('en', {numeric: true}).compare;
          chosen.sort((a, b) => compare(data.samples[a].id, data.samples[b].id));
        } else if (score !== undefined) {
          const sign = direction === 'up' ? 1 : -1;
          chosen.sort((a, b) => {
            const [x, y] = [data.samples[a].scores[score], data.samples[b].scores[score]];
            if (x === null || y === null) return (x === null) - (y === null) || a - b;
            return sign * (x - y) || a - b;
          });
        }
      };

      const boxes = (sample, medium) => {
        const svg = draw('svg', {
          viewBox: `0 0 ${medium.width} ${medium.height}`, preserveAspectRatio: 'none',
          'aria-hidden': 'true'});
        for (const [name, box] of [['true', sample.trueBox], ['predicted', sample.predictedBox]]) {
          if (!box) continue;
          const [x, y, width, height] = box;
          const place = {x, y, width: Math.max(0, width), height: Math.max(0, height)};
          svg.append(draw('rect', {...place, class: 'box halo'}));
          svg.append(draw('rect', {...place, class: `box ${name}-box`}));
        }
        return svg;
      };

      const legend = (sample) => {
        const items = [];
        for (const [name, box] of [['true', sample.trueBox], ['predicted', sample.predictedBox]]) {
          if (!box) continue;
          const swatch = draw('svg', {viewBox: '0 0 26 10', 'aria-hidden': 'true'});
          swatch.append(draw('path', {d: 'M0 5H26', class: `box ${name}-box`}));
          items.push(make('span', '', swatch, `${name} box`));
        }
        return make('p', 'legend', ...items);
      };

      const figure = (sample, medium) => {
        const frame = make('div', 'frame');
        if (!medium.src) {
          frame.classList.add('absent');
          frame.append(medium.missing ? `${medium.name}: not found` : `${medium.name}: no picture`);
          return make('figure', '', frame);
        }
        const image = make('img');
        image.src = medium.src;
        image.width = medium.width * medium.frames;
        image.height = medium.height;
        image.decoding = 'async';
        image.alt = medium.kind === 'video'
          ? `${medium.frames} frames of ${medium.name}` : medium.name;
        frame.append(image);
        if (medium.kind === 'image') frame.append(boxes(sample, medium));
        return make('figure', '', frame);
      };

      const texts = (entries) => {
        const items = entries.map(([text, count]) => {
          const item = make('li', '', text);
          if (count > 1) item.append(' ', make('span', 'times', `× ${count}`));
          return item;
        });
        return make('ul', '', ...items);
      };

      const article = (sample) => {
        const media = (sample.media ?? []).map((place) => data.media[place]);
        const isWide = media.some((medium) => medium.kind === 'video' && medium.src);
        const kind = media.length === 0 ? 'bare' : isWide ? 'wide' : media.length > 1 ? 'pair' : '';
        const element = make('article', `sample ${kind}`.trim());
        element.id = nameOf(sample);
        element.tabIndex = -1;
        if (media.length > 0) {
          const shown = make('div', 'media', ...media.map((medium) => figure(sample, medium)));
          if ((sample.trueBox || sample.predictedBox) && media[0].src) shown.append(legend(sample));
          element.append(shown);
        }
        const link = make('a', '', sample.id);
        link.href = '#sample-' + encodeURIComponent(sample.id);
        const head = make('h3', '', link);
        if (sample.verdict) {
          const title = sample.verdict === 'partly' ? 'partly right' : sample.verdict;
          head.append(make('span', `verdict ${sample.verdict}`, title));
        }
        const what = make('div', 'what', head);
        if (sample.input) what.append(make('p', 'input', sample.input));
        const facts = make('dl');
        const fact = (name, value) => facts.append(make('dt', '', name), make('dd', '', value));
        fact('prediction', sample.prediction === ''
          ? make('span', 'soft', 'nothing') : make('b', '', sample.prediction));
        if (sample.candidates) {
          const items = sample.candidates.map(([text, score]) => make(
            'li', '', make('span', 'score', score.toPrecision(4)), make('span', '', text)));
          fact('candidates', make('ol', 'candidates', ...items));
        }
        if (sample.ranking) {
          const items = sample.ranking.map((text) => make('li', '', text));
          fact('ranking', make('ol', 'ranking', ...items));
        }
        if (sample.references.length > 0) {
          fact(sample.references.length > 1 ? 'references' : 'reference', texts(sample.references));
        }
        const scores = [];
        sample.scores.forEach((value, place) => {
          if (value === null) return;
          const name = make('span', 'soft', data.scores[place].name);
          scores.push(make('li', '', name, scoreText(value, place)));
        });
        if (scores.length > 0) fact('scores', make('ul', 'scores', ...scores));
        if (sample.notes) {
          fact('problems', texts(sample.notes.map((place) => [data.notes[place], 1])));
        }
        what.append(facts);
        element.append(what);
        return element;
      };

      const render = () => {
        const pages = Math.max(1, Math.ceil(chosen.length / data.pageLength));
        page = Math.min(page, pages - 1);
        const start = page * data.pageLength;
        const here = chosen.slice(start, start + data.pageLength);
        list.replaceChildren(...here.map((place) => article(data.samples[place])));
        const status = here.length === 0 ? 'No sample is like that'
          : `${start + 1} to ${start + here.length} of ${chosen.length}`;
        pagers.forEach((pager, place) => {
          // One below an empty list would say the same twice.
          pager.hidden = place > 0 && here.length === 0;
          pager.querySelector('.status').textContent = status;
          pager.querySelector('.previous').disabled = page === 0;
          pager.querySelector('.next').disabled = page >= pages - 1;
        });
      };

      const restart = () => {
        page = 0;
        choose();
        render();
      };

      const turn = (step, pager) => {
        page += step;
        render();
        if (pager !== pagers[0]) byId('samples').scrollIntoView();
      };

      // The sample that the address names: on its page, with no filter that hides it.
      const visit = () => {
        let fragment;
        try {
          fragment = decodeURIComponent(location.hash.slice(1));
        } catch {
          return;
        }
        const place = data.samples.findIndex((sample) => nameOf(sample) === fragment);
        if (place < 0) return;
        if (!chosen.includes(place)) {
          form.reset();
          choose();
        }
        page = Math.floor(chosen.indexOf(place) / data.pageLength);
        render();
        const element = byId(nameOf(data.samples[place]));
        element.classList.add('chosen');
        element.scrollIntoView({block: 'start'});
        element.focus({preventScroll: true});
      };

      let waiting;
      form.addEventListener('submit', (event) => event.preventDefault());
      form.addEventListener('change', restart);
      byId('text').addEventListener('input', () => {
        clearTimeout(waiting);
        waiting = setTimeout(restart, 120);
      });
      for (const pager of pagers) {
        pager.querySelector('.previous').addEventListener('click', () => turn(-1, pager));
        pager.querySelector('.next').addEventListener('click', () => turn(1, pager));
      }
      addEventListener('hashchange', visit);

      form.hidden = false;
      // A browser may have kept what was typed before a reload.
      restart();
      visit();
    })();

    """#
}
