// JupyterLab's MathJax plugin can't be switched off in Voila's bundle, and it fetches this address. No app sets formulas with it.
window.MathJax = { Hub: { Config() {}, Configured() {}, Queue() {}, Register: { StartupHook() {} } } };
