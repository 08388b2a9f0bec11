%% -*- erlang -*-
%% {application, not_this_one, [{vsn, "0"}]}.
{application,harbour_charts,
             [{description,"Charts of a harbour"},
              {vsn,"2.4.1"},
              {modules,[harbour_charts,'harbour_charts@tide']},
              {registered,[]},
              {applications,[kernel,stdlib,crypto]},
              {env,[{vsn_of_env,"9"}]}]}.
