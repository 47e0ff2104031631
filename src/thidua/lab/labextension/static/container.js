// «Xem trước» in JupyterLab: the button opens, beside the notebook, the preview of the report at the section that is
// being written. This is the container that JupyterLab asks for a federated extension, by hand: it is a page long,
// and what it needs of JupyterLab comes from the modules that JupyterLab shares.
(function () {
  "use strict";
  const PLACE = "thidua-xem-truoc-";
  let modules;

  // A shared module: the one that JupyterLab has loaded itself, if there are several.
  async function shared(name) {
    const versions = Object.values(modules[name]);
    const chosen = versions.find((version) => version.loaded) || versions[0];
    return (await chosen.get())();
  }

  async function plugin() {
    const names = ["@lumino/widgets", "@jupyterlab/notebook", "@jupyterlab/apputils", "@jupyterlab/services", "@jupyterlab/coreutils"];
    const [widgets, notebook, apputils, services, coreutils] = await Promise.all(names.map(shared));

    // Where the preview of a notebook's report is. The server starts it where there is none yet.
    async function opened(path) {
      const settings = services.ServerConnection.makeSettings();
      const address = coreutils.URLExt.join(settings.baseUrl, "thidua/xem-truoc") + "?notebook=" + encodeURIComponent(path);
      const answer = await services.ServerConnection.makeRequest(address, { method: "POST" }, settings);
      const said = await answer.json();
      if (!answer.ok) throw new Error(said.error || said.message);
      return said;
    }
    function preview(id, period) {
      const frame = document.createElement("iframe");
      frame.title = "Xem trước " + period;
      frame.style.cssText = "width: 100%; height: 100%; border: 0";
      const widget = new widgets.Widget();
      widget.node.append(frame);
      widget.id = id;
      widget.title.label = "Xem trước " + period;
      widget.title.closable = true;
      return widget;
    }

    function activate(app, tracker, palette) {
      const command = "thidua:xem-truoc";
      app.commands.addCommand(command, {
        label: "Xem trước",
        caption: "Lưu notebook này rồi mở bản xem trước của báo cáo ở đúng mục",
        isEnabled: () => tracker.currentWidget !== null,
        execute: async () => {
          const panel = tracker.currentWidget, context = panel.context;
          try {
            if (context.model.dirty) await context.save();
            const found = await opened(context.path), id = PLACE + found.key;
            const others = Array.from(app.shell.widgets("main")).filter((w) => w.id.startsWith(PLACE));
            let widget = others.find((w) => w.id === id);
            if (!widget) {
              widget = preview(id, found.period);
              // Those of several periods share a place: a third column leaves the notebook none for its buttons.
              const beside = others.length ? { mode: "tab-after", ref: others[0].id } : { mode: "split-right", ref: panel.id };
              app.shell.add(widget, "main", { ...beside, activate: false });
            }
            const frame = widget.node.querySelector("iframe"), address = new URL(found.address, document.baseURI);
            address.search = "run=" + found.run;
            address.hash = "muc=" + encodeURIComponent(found.section);
            // A preview that has ended is loaded anew; one that lives is led to the section.
            if (frame.dataset.run !== found.run) frame.src = address;
            else if (frame.contentWindow.location.hash === address.hash) frame.contentWindow.dispatchEvent(new HashChangeEvent("hashchange"));
            else frame.contentWindow.location.hash = address.hash;
            frame.dataset.run = found.run;
            app.shell.activateById(id);
          } catch (error) {
            apputils.Notification.error("Không mở được bản xem trước: " + error.message, { autoClose: false });
          }
        },
      });
      if (palette) palette.addItem({ command: command, category: "Báo cáo" });
    }
    return {
      id: "thidua:xem-truoc",
      autoStart: true,
      requires: [notebook.INotebookTracker],
      optional: [apputils.ICommandPalette],
      activate: activate,
    };
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.thidua = {
    init: (scope) => { modules = scope; },
    get: async () => { const made = await plugin(); return () => made; },
  };
})();
