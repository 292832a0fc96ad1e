% Writes an activation cache from MATLAB.
% Run: matlab -batch "run('docs/examples/cache.m')", which writes walks.h5 into the current folder.
file = 'walks.h5';
len = int32(20:31);
units = 8;
states = single(tanh(randn(units, sum(len)))); % a column for each step: HDF5 turns it round

h5create(file, '/hidden_states', size(states), 'Datatype', 'single');
h5write(file, '/hidden_states', states);
h5create(file, '/recordings/length', numel(len), 'Datatype', 'int32');
h5write(file, '/recordings/length', len(:));
h5create(file, '/recordings/sign', numel(len), 'Datatype', 'int32');
h5write(file, '/recordings/sign', int32(repmat([0; 1], 6, 1)));
h5create(file, '/signs/key', 2, 'Datatype', 'string');
h5write(file, '/signs/key', ["walk"; "run"]);
h5writeatt(file, '/', 'format', 'auslan-explorer-activations');
h5writeatt(file, '/', 'version', int32(1));
h5writeatt(file, '/', 'steps', int32(max(len)));
h5writeatt(file, '/', 'units', int32(units));
